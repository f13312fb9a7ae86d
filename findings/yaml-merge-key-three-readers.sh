#!/usr/bin/env bash
# js-yaml@5.5.0, yaml@2.9.1 and auth0-deploy-cli@8.44.0 (its js-yaml 4.3.2), Node 20.20.2, run 2026-11-29.
# Expected: `<<: *anchor`, which every tenant file with shared settings uses, means the same to the readers of one field,
# and a reader that has no merge key refuses it.
# It does: js-yaml 4 merges; js-yaml 5 and yaml 2.9 by default take "<<" for an ordinary key, without an error. Seen:
#   as stated: js-yaml 4 {"token_lifetime":60,"name":"a"}; js-yaml 5 and yaml {"<<":{"token_lifetime":60},"name":"a"}
# Why it matters: a tool that goes from js-yaml 4 to 5, or reads with yaml what the CLI reads with js-yaml 4, loses every
# merged setting and sends a member named "<<". yaml has an option for it, `merge: true`. js-yaml's migration guide says in its
# opening that who only loads is done after exchanging the import; what changed is further down, under Schema.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts js-yaml@5.5.0 yaml@2.9.1 auth0-deploy-cli@8.44.0
cat >check.mjs <<'EOF'
import { createRequire } from "node:module";
import { load } from "js-yaml";
import { parse } from "yaml";
const require = createRequire(import.meta.url);
const four = createRequire(require.resolve("auth0-deploy-cli"))("js-yaml");
const text = "shared: &shared { token_lifetime: 60 }\napi:\n  <<: *shared\n  name: a\n";
const [old, next, other] = [four.load, load, parse].map((read) => JSON.stringify(read(text).api));
const asStated = old === '{"token_lifetime":60,"name":"a"}' && next === '{"<<":{"token_lifetime":60},"name":"a"}' && other === next;
console.log(`${asStated ? "as stated" : "CHANGED"}: js-yaml 4 ${old}; js-yaml 5 ${next}; yaml ${other}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
