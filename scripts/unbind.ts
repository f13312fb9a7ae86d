import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { openTenant } from "./operate/open-tenant.ts";
import { describeUnread, listTriggersOf, readFlowsApart } from "./operate/read-flows.ts";
import { unbindAction } from "./operate/unbind.ts";

export async function run({ options, word: name, directory, processEnv }: Invocation<"unbind">): Promise<number> {
  const { connection, document } = await openTenant({ directory, name: options.env, processEnv, mayLackFile: true });
  const flows = await readFlowsApart(connection, await listTriggersOf(connection, document, name));
  const unbound = await unbindAction(connection.management, flows, name);
  const lines = unbound.map(
    ({ trigger, remaining }) => `${name} is out of ${trigger}. It runs: ${remaining.join(", ") || "nothing"}.`,
  );
  const report = { version: 1, domain: connection.domain, action: name, flows: unbound };
  console.log(options.json ? JSON.stringify(report, undefined, 2) : lines.join("\n"));
  const unread = describeUnread(flows.unread);
  if (unread !== undefined) throw unread;
  return EXIT.success;
}
