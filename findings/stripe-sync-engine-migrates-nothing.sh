#!/usr/bin/env bash
# @supabase/stripe-sync-engine@0.48.5, Node 20.20.2, run 2026-11-30.
# Expected: `await runMigrations({ databaseUrl })`, as its README has it, makes the tables or rejects.
# It does: every error inside is told to the logger, of which there is none, and the promise is fulfilled. The call of the README
# fails for want of `schema` and leaves the list of migrations in `public`; with `schema` it works by `require`, and by `import`,
# the README's form, it fails too: the ES module asks for `__dirname`. Seen (tables in each schema):
#   as stated: import, README: fulfilled {}; import, schema: fulfilled {}; require, README: fulfilled {"public":1}; require, schema: fulfilled {"stripe":27}
# Why it matters: a deployment that migrates first goes green, and every webhook of Stripe fails from then on.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts \
  @supabase/stripe-sync-engine@0.48.5 stripe@20.4.1 @electric-sql/pglite@0.5.14 @electric-sql/pglite-socket@0.2.17
cat >check.mjs <<'EOF'
import { createRequire } from "node:module";
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import { runMigrations } from "@supabase/stripe-sync-engine";

const required = createRequire(import.meta.url)("@supabase/stripe-sync-engine").runMigrations;
const OWN = "table_schema not in ('pg_catalog', 'information_schema')";

async function migrate(run, schema) {
  const db = await PGlite.create();
  const server = new PGLiteSocketServer({ db, host: "127.0.0.1", port: 0 });
  await server.start();
  const databaseUrl = `postgres://postgres@${server.getServerConn()}/postgres`;
  const end = await run({ databaseUrl, ...schema }).then(() => "fulfilled", () => "rejected");
  const { rows } = await db.query(`select table_schema, count(*)::int as tables from information_schema.tables where ${OWN} group by 1`);
  await server.stop();
  return `${end} ${JSON.stringify(Object.fromEntries(rows.map((row) => [row.table_schema, row.tables])))}`;
}
const seen = [
  `import, README: ${await migrate(runMigrations, {})}`,
  `import, schema: ${await migrate(runMigrations, { schema: "stripe" })}`,
  `require, README: ${await migrate(required, {})}`,
  `require, schema: ${await migrate(required, { schema: "stripe" })}`,
].join("; ");
const stated =
  'import, README: fulfilled {}; import, schema: fulfilled {}; require, README: fulfilled {"public":1}; require, schema: fulfilled {"stripe":27}';
console.log(`${seen === stated ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(seen === stated ? 0 : 1);
EOF
node check.mjs </dev/null | grep -E '^(as stated|CHANGED)'
