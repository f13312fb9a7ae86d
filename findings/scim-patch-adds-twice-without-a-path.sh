#!/usr/bin/env bash
# scim-patch 0.8.3 (npm), run 2026-12-01.
# Expected: adding to a group a member it already has leaves the group as it is (RFC 7644, 3.5.2.1), in each form the RFC gives
#   for the same operation: `path: "members"` with the list, or no path and `{members: [...]}`.
# It does: so it is with the path only. Without one the list is appended unread, and each retry by the directory makes the group
#   longer. Seen:
#   as stated: with a path, three sends of the same add: ["u-1","u-2"]
#   as stated: without a path, three sends of the same add: ["u-1","u-2","u-2","u-2"]
#   as stated: a list of the extension, without a path: ["meter","export","export"]
# Why it matters: who counts a group's members for seats and charges for them counts the same one again after every retry, and
#   a remove by value then takes all of them; drop repeats by `value` after each patch.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private":true,"type":"module"}' > package.json
npm install --loglevel=error --no-audit --no-fund --ignore-scripts scim-patch@0.8.3 >/dev/null
cat > check.mjs <<'JS'
import { patchBodyValidation, scimPatch } from "scim-patch";

const GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
const EXTENSION = "urn:example:params:scim:schemas:extension:plan:2.0:Group";
const thrice = (start, operation) => {
  let resource = start;
  for (let i = 0; i < 3; i += 1) {
    const body = { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: [operation] };
    patchBodyValidation(body);
    resource = scimPatch(resource, body.Operations, { mutateDocument: false });
  }
  return resource;
};
const group = () => ({
  schemas: [GROUP, EXTENSION],
  displayName: "Billing",
  members: [{ value: "u-1" }],
  [EXTENSION]: { rights: ["meter"] },
});
const member = [{ value: "u-2" }];
const values = (resource) => JSON.stringify(resource.members.map((one) => one.value));

let changed = 0;
const say = (what, got, want) => {
  if (got !== want) changed = 1;
  console.log(`${got === want ? "as stated" : "CHANGED"}: ${what}: ${got}`);
};
say("with a path, three sends of the same add",
  values(thrice(group(), { op: "add", path: "members", value: member })), '["u-1","u-2"]');
say("without a path, three sends of the same add",
  values(thrice(group(), { op: "add", value: { members: member } })), '["u-1","u-2","u-2","u-2"]');
const once = scimPatch(group(), [{ op: "add", value: { [`${EXTENSION}:rights`]: ["export"] } }], { mutateDocument: false });
const twice = scimPatch(once, [{ op: "add", value: { [`${EXTENSION}:rights`]: ["export"] } }], { mutateDocument: false });
say("a list of the extension, without a path", JSON.stringify(twice[EXTENSION].rights), '["meter","export","export"]');
process.exit(changed);
JS
node check.mjs
