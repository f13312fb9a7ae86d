#!/usr/bin/env bash
# @frontegg/entitlements-javascript-commons@1.2.1, the rules of Frontegg's SDKs, Node 20.20.2, run 2026-11-30.
# Expected: a rule reads a claim of the token as it reads an attribute of one's own: `in_list` knows lists on both sides, and
# `on_or_after` is given the date of the rule.
# It does: the claims are flattened, `roles` becomes `jwt.roles.0`, and a rule on `jwt.roles` finds nothing. A date is asked for
# `getTime()`, which no value of a token has, as JSON has no dates: that throws out of the check. Seen:
#   as stated: roles given: true; roles of the token: false MISSING_FEATURE; one role of the token: true;
#   date given: true; date of the token: TypeError
# Why it matters: the feature for admins is off for all of them, and one rule by date is an exception for each user who has the claim.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @frontegg/entitlements-javascript-commons@1.2.1
cat >check.cjs <<'EOF'
const { evaluateIsEntitledToFeature } = require("@frontegg/entitlements-javascript-commons");

const ask = (attribute, op, value, attributes) => {
  const rule = { conditionLogic: "and", conditions: [{ attribute, negate: false, op, value }], treatment: "true" };
  const featureFlag = { on: true, offTreatment: "false", defaultTreatment: "false", rules: [rule] };
  const feature = { planIds: [], expireTime: null, linkedPermissions: [], featureFlag };
  try {
    const answer = evaluateIsEntitledToFeature("feature", { features: { feature }, plans: {}, permissions: {} }, attributes);
    return `${answer.isEntitled} ${answer.justification ?? ""}`.trim();
  } catch (error) {
    return error.name;
  }
};
const admins = { list: ["admin"] };
const newYear = { date: "2026-01-01" };
const seen = {
  "roles given": ask("roles", "in_list", admins, { custom: { roles: ["user", "admin"] } }),
  "roles of the token": ask("jwt.roles", "in_list", admins, { jwt: { sub: "1", roles: ["user", "admin"] } }),
  "one role of the token": ask("jwt.role", "in_list", admins, { jwt: { sub: "1", role: "admin" } }),
  "date given": ask("since", "on_or_after", newYear, { custom: { since: new Date("2026-02-01") } }),
  "date of the token": ask("jwt.since", "on_or_after", newYear, { jwt: { sub: "1", since: "2026-02-01" } }),
};
const text = Object.entries(seen).map(([what, answer]) => `${what}: ${answer}`).join("; ");
const expected = "roles given: true; roles of the token: false MISSING_FEATURE; one role of the token: true; " +
  "date given: true; date of the token: TypeError";
const asStated = text === expected;
console.log(`${asStated ? "as stated" : "CHANGED"}: ${text}`);
process.exit(asStated ? 0 : 1);
EOF
node check.cjs
