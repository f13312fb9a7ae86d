#!/usr/bin/env bash
# @frontegg/client@5.3.2, Node 20.20.2, run 2026-11-30.
# Expected: what `client.forUser(user)` gives answers as long as the client lives; the client reads a new snapshot of the
# entitlements in the background whenever they changed.
# It does: the object keeps the snapshot of its making. The next one empties that, and every question throws from then on, though
# nothing about this user changed. It takes 30 s at most by default; a change of any tenant is enough. Seen:
#   as stated: before the change of another tenant: true; after it: throws "Cache is not properly initialized"; asked anew: true
# Why it matters: a WebSocket, a stream or a job that asked for its user once fails as soon as anybody buys something.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @frontegg/client@5.3.2
cat >check.cjs <<'EOF'
const { once } = require("node:events");
const { createServer } = require("node:http");

let snapshotOffset = 1;
const entitlements = [["plan", "tenant_1"]];
const server = createServer((request, response) => {
  const featureBundles = [["plan", ["f1"], "false", []]];
  const data = { features: [["f1", "export", []]], featureBundles, entitlements, featureFlags: [] };
  response.setHeader("content-type", "application/json");
  if (request.url.startsWith("/auth/")) response.end(JSON.stringify({ token: "token", expiresIn: 3600 }));
  else response.end(JSON.stringify({ snapshotOffset, data }));
});
const ask = async (scoped) => {
  try {
    return (await scoped.isEntitledToFeature("export")).result;
  } catch (error) {
    return `throws "${error.message.split(".")[0]}"`;
  }
};
server.listen(0, "127.0.0.1", async () => {
  process.env.FRONTEGG_API_GATEWAY_URL = `http://127.0.0.1:${server.address().port}`;
  const { EntitlementsClient, FronteggContext } = require("@frontegg/client");
  FronteggContext.init({ FRONTEGG_CLIENT_ID: "client", FRONTEGG_API_KEY: "key" });
  const client = await EntitlementsClient.init(undefined, { refreshTimeoutMs: 200 });
  await client.ready();
  const ada = { type: "userToken", sub: "user_1", tenantId: "tenant_1", permissions: [] };
  const scoped = client.forUser(ada);
  const before = await ask(scoped);
  entitlements.push(["plan", "tenant_2"]);
  snapshotOffset = 2;
  await once(client, "snapshot-updated");
  const after = await ask(scoped);
  const anew = await ask(client.forUser(ada));
  const asStated = before === true && after === 'throws "Cache is not properly initialized"' && anew === true;
  const seen = `before the change of another tenant: ${before}; after it: ${after}; asked anew: ${anew}`;
  console.log(`${asStated ? "as stated" : "CHANGED"}: ${seen}`);
  process.exit(asStated ? 0 : 1);
});
EOF
node check.cjs
