import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { openTenant } from "./operate/open-tenant.ts";
import { applyRollback, planRollback } from "./operate/roll-back.ts";
import { confirmOnTerminal } from "./terminal/confirm.ts";
import { wrongUse } from "./terminal/options.ts";
import { createPaint } from "./terminal/paint.ts";
import { renderTable } from "./terminal/table.ts";
import { renderSecond } from "./terminal/time.ts";

export async function run({ options, directory, processEnv }: Invocation<"rollback">): Promise<number> {
  const to = readVersionNumber(options.to, options.action);
  const { connection, document, readLive } = await openTenant({
    directory,
    name: options.env,
    processEnv,
    // Without --action tenant.yaml says which are ours.
    mayLackFile: options.action !== undefined,
  });
  const paint = createPaint(process.stdout);
  const ours = (document.actions ?? []).map(({ name }) => name);
  const steps = await planRollback(connection.management, await readLive("action"), ours, { name: options.action, to });
  const header = ["ACTION", "LIVE NOW", "ROLLS BACK TO", "BUILT"].map((title) => paint("dim", title));
  const rows = steps.map(({ action, from, to: version }) => [
    action.name,
    `version ${from}`,
    `version ${version.number}`,
    renderSecond(version.builtAt),
  ]);
  const say = options.json ? console.error : console.log;
  say(`${renderTable(header, rows)}\n`);
  const isMeant = options.yes || (await confirmOnTerminal(`Roll back on ${connection.domain}?`));
  const done = isMeant ? await applyRollback(connection.management, steps) : [];
  if (!isMeant) say("Nothing was changed.");
  for (const { action, to: version, number } of done) {
    say(`${action.name}: version ${number} is live, with the content of version ${version.number}.`);
  }
  if (options.json) {
    const actions = done.map(({ action: { name }, from, to: { number: content }, number }) => ({
      name,
      from,
      content,
      live: number,
    }));
    console.log(JSON.stringify({ version: 1, domain: connection.domain, actions }, undefined, 2));
  }
  return EXIT.success;
}

function readVersionNumber(text: string | undefined, action: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (action === undefined || !/^[1-9]\d*$/.test(text)) {
    throw wrongUse("--to takes a version number and goes with --action.");
  }
  return Number(text);
}
