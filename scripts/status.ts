import { join } from "node:path";
import { buildProject } from "./build/build-project.ts";
import { EXIT, runCommand } from "./command.ts";
import { describeStatus } from "./operate/describe-status.ts";
import { openTenant } from "./operate/open-tenant.ts";
import { readOptions } from "./terminal/options.ts";
import { createPaint } from "./terminal/paint.ts";
import { renderTable } from "./terminal/table.ts";

const USAGE = `Usage: npm run status -- [--env <name>] [--json]

Says what is live: of every Action its place in the flow, version, age, size and digest of its code, whether that is this
checkout's, and its secrets' names and dates. Sends nothing but reads.

  --env <name>  use environments/<name>.env as well
  --json        print it as JSON, and nothing else`;

await runCommand(async () => {
  const options = readOptions(USAGE, { env: { type: "string" }, json: { type: "boolean" } });
  if (options === undefined) return EXIT.success;
  const directory = join(import.meta.dirname, "..");
  const { connection, readLive } = await openTenant(directory, options.env);
  const { actions } = await buildProject(directory, {}, options.env);
  const rows = describeStatus(await readLive("action", "flow"), actions);
  if (options.json) {
    console.log(JSON.stringify({ version: 1, domain: connection.domain, actions: rows }, undefined, 2));
    return EXIT.success;
  }
  const paint = createPaint(process.stdout);
  const header = ["RUNS AT", "ACTION", "VERSION", "SINCE", "SIZE", "DIGEST", "THIS CHECKOUT", "SECRETS"];
  const cells = rows.map((row) => [
    row.place ?? paint("dim", "not bound"),
    row.name,
    row.version === undefined ? "-" : String(row.version),
    row.since?.replace(/\.\d+Z$/, "Z") ?? "-",
    row.bytes === undefined ? "-" : `${(row.bytes / 1000).toFixed(1)} kB`,
    row.digest ?? "-",
    row.checkout === "same" ? paint("green", row.checkout) : paint("yellow", row.checkout),
    row.secrets.map(({ name, updatedAt }) => `${name} ${paint("dim", updatedAt.slice(0, 10))}`).join("\n") || "-",
  ]);
  console.log(
    `${connection.domain}\n\n${renderTable(
      header.map((title) => paint("dim", title)),
      cells,
    )}`,
  );
  return EXIT.success;
});
