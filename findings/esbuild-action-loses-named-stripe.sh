#!/usr/bin/env bash
# stripe@23.1.0, esbuild@0.28.2, typescript@7.0.2, Node 20.20.2, run 2026-11-29.
# Expected: `import { Stripe } from "stripe"`, which the types offer and Node's own ES modules give, works in a bundle that
# leaves stripe outside, as an Auth0 Action does whose dependency is installed by Auth0.
# It does: tsc accepts it and Node runs it, but the bundle's require("stripe") reaches the CommonJS entry, which is the
# constructor itself without a member of that name. esbuild says nothing. Seen:
#   as stated: tsc accepts, Node function, bundle undefined; with the default import the bundle has function
# Why it matters: unit tests run the ES module and pass; the Action throws at the first login, "Stripe is not a constructor".
# The default import works in both.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts stripe@23.1.0 esbuild@0.28.2 typescript@7.0.2
cat >check.mjs <<'EOF'
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import { build } from "esbuild";

const use = 'export const kind = typeof Stripe;\nexport const client = () => new Stripe("k");\n';
fs.writeFileSync("named.mts", `import { Stripe } from "stripe";\n${use}`);
fs.writeFileSync("default.mts", `import Stripe from "stripe";\n${use}`);
const flags = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--skipLibCheck", "named.mts"];
execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", ...flags], { stdio: "inherit" });
const bundled = async (entry) => {
  const outfile = `${entry}.cjs`;
  const options = { bundle: true, platform: "node", format: "cjs", external: ["stripe"], outfile, logLevel: "warning" };
  const { warnings } = await build({ entryPoints: [entry], ...options });
  return warnings.length ? "a warning" : createRequire(import.meta.url)(`./${outfile}`).kind;
};
const node = typeof (await import("stripe")).Stripe;
const [named, byDefault] = [await bundled("named.mts"), await bundled("default.mts")];
const asStated = node === "function" && named === "undefined" && byDefault === "function";
const seen = `tsc accepts, Node ${node}, bundle ${named}; with the default import the bundle has ${byDefault}`;
console.log(`${asStated ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
