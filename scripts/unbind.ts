import { join } from "node:path";
import { EXIT, runCommand } from "./command.ts";
import { openTenant } from "./operate/open-tenant.ts";
import { unbindAction } from "./operate/unbind.ts";
import { readOptions } from "./terminal/options.ts";

const USAGE = `Usage: npm run unbind -- <Action's name> [--env <name>]

Takes one Action out of the login flow at once: no question, no build, one write. The Action itself stays, the others run
on in their order, and the next deploy binds it again unless tenant.yaml no longer does.

  --env <name>  use environments/<name>.env as well`;

await runCommand(async () => {
  const options = readOptions(USAGE, { env: { type: "string" } }, { word: "Name one Action." });
  if (options === undefined) return EXIT.success;
  const { word: name } = options;
  const { connection, readLive } = await openTenant(join(import.meta.dirname, ".."), options.env);
  for (const { trigger, remaining } of await unbindAction(connection.management, await readLive("flow"), name)) {
    console.log(`${name} is out of ${trigger}. It runs: ${remaining.join(", ") || "nothing"}.`);
  }
  return EXIT.success;
});
