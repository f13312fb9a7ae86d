import { buildProject } from "./build/build-project.ts";
import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { describeStatus } from "./operate/describe-status.ts";
import { openTenant } from "./operate/open-tenant.ts";
import { createPaint } from "./terminal/paint.ts";
import { renderTable } from "./terminal/table.ts";

export async function run({ options, directory, processEnv }: Invocation<"status">): Promise<number> {
  const { connection, readLive } = await openTenant({ directory, name: options.env, processEnv });
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
}
