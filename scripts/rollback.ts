import { join } from "node:path";
import { CommandError, EXIT, runCommand } from "./command.ts";
import { openTenant } from "./operate/open-tenant.ts";
import { applyRollback, planRollback } from "./operate/roll-back.ts";
import { confirmOnTerminal } from "./terminal/confirm.ts";
import { readOptions } from "./terminal/options.ts";
import { createPaint } from "./terminal/paint.ts";
import { renderTable } from "./terminal/table.ts";

const USAGE = `Usage: npm run rollback -- [--action <name>] [--to <version>] [--env <name>] [--yes]

Puts an earlier version of an Action live again; without --action, of all Actions of the newest deploy. Auth0 makes a new
version with the old content. Bindings, roles and the rest of the tenant stay as they are.

  --action <name>  only this one
  --to <version>   this version of it; without it the last one that ran other code
  --env <name>     use environments/<name>.env as well
  --yes            do not ask

Exits 0 when the old code is what runs, 1 when something failed, 2 on wrong use.`;

await runCommand(async () => {
  const options = readOptions(USAGE, {
    action: { type: "string" },
    to: { type: "string" },
    env: { type: "string" },
    yes: { type: "boolean" },
  });
  if (options === undefined) return EXIT.success;
  const to = readVersionNumber(options.to, options.action);
  const { connection, document, readLive } = await openTenant(join(import.meta.dirname, ".."), options.env);
  const paint = createPaint(process.stdout);
  const ours = (document.actions ?? []).map(({ name }) => name);
  const steps = await planRollback(connection.management, await readLive("action"), ours, { name: options.action, to });
  const header = ["ACTION", "LIVE NOW", "ROLLS BACK TO", "BUILT"].map((title) => paint("dim", title));
  const rows = steps.map(({ action, from, to: version }) => [
    action.name,
    `version ${from}`,
    `version ${version.number}`,
    version.builtAt,
  ]);
  console.log(`${renderTable(header, rows)}\n`);
  if (!options.yes && !(await confirmOnTerminal(`Roll back on ${connection.domain}?`))) {
    console.log("Nothing was changed.");
    return EXIT.success;
  }
  await applyRollback(connection.management, steps);
  const after = await readLive("action");
  for (const { action, to: version } of steps) {
    const number = after.action.find(({ id }) => id === action.id)?.live?.number;
    console.log(`${action.name}: version ${number} is live, with the content of version ${version.number}.`);
  }
  return EXIT.success;
});

function readVersionNumber(text: string | undefined, action: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (action === undefined || !/^[1-9]\d*$/.test(text)) {
    throw new CommandError("USAGE", `--to takes a version number and goes with --action.\n\n${USAGE}`, {
      exitCode: EXIT.usage,
    });
  }
  return Number(text);
}
