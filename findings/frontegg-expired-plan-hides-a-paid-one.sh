#!/usr/bin/env bash
# @frontegg/client@5.3.2, Node 20.20.2, run 2026-11-30.
# Expected: a tenant has a feature while one of its plans gives it, whatever became of its other plans. Two grants of one plan are
# treated so, and so are a tenant's and a user's grant.
# It does: each plan overwrites the end that the one before wrote for the same feature, and the last plan of the snapshot decides. A
# trial that is over hides a paid plan without end that stands before it. Seen:
#   as stated: paid plan last: true; trial last: false bundle-expired; two grants of one plan: true
# Why it matters: a tenant that pays is told that its bundle expired, and it depends on the order in which plans were listed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @frontegg/client@5.3.2
cat >check.cjs <<'EOF'
const { createServer } = require("node:http");

const over = "2020-01-01T00:00:00.000Z";
let plans, grants;
const server = createServer((request, response) => {
  const snapshot = { features: [["f1", "export", []]], featureBundles: plans, entitlements: grants, featureFlags: [] };
  response.setHeader("content-type", "application/json");
  if (request.url.startsWith("/auth/")) response.end(JSON.stringify({ token: "token", expiresIn: 3600 }));
  else response.end(JSON.stringify({ snapshotOffset: 1, data: snapshot }));
});

async function entitled(given) {
  plans = given.plans.map((id) => [id, ["f1"], "false", []]);
  grants = given.grants;
  const { EntitlementsClient, FronteggContext } = require("@frontegg/client");
  FronteggContext.init({ FRONTEGG_CLIENT_ID: "client", FRONTEGG_API_KEY: "key" });
  const client = await EntitlementsClient.init();
  await client.ready();
  const user = client.forUser({ type: "userToken", sub: "user_1", tenantId: "tenant_1", permissions: [] });
  const { result, justification } = await user.isEntitledToFeature("export");
  client.destroy();
  return [result, justification].filter((part) => part !== undefined).join(" ");
}
server.listen(0, "127.0.0.1", async () => {
  process.env.FRONTEGG_API_GATEWAY_URL = `http://127.0.0.1:${server.address().port}`;
  const trialAndPaid = [["trial", "tenant_1", undefined, over], ["paid", "tenant_1"]];
  const paidLast = await entitled({ plans: ["trial", "paid"], grants: trialAndPaid });
  const trialLast = await entitled({ plans: ["paid", "trial"], grants: trialAndPaid });
  const onePlan = await entitled({ plans: ["paid"], grants: [["paid", "tenant_1"], ["paid", "tenant_1", undefined, over]] });
  const seen = `paid plan last: ${paidLast}; trial last: ${trialLast}; two grants of one plan: ${onePlan}`;
  const asStated = seen === "paid plan last: true; trial last: false bundle-expired; two grants of one plan: true";
  console.log(`${asStated ? "as stated" : "CHANGED"}: ${seen}`);
  process.exit(asStated ? 0 : 1);
});
EOF
node check.cjs
