import { buildProject } from "./build/build-project.ts";
import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { listTriggers } from "./deploy/kinds/flow/read.ts";
import { describeStatus } from "./operate/describe-status.ts";
import { openTenant } from "./operate/open-tenant.ts";
import { describeUnread, readFlowsApart } from "./operate/read-flows.ts";
import { renderStatus } from "./operate/render-status.ts";
import { createPaint } from "./terminal/paint.ts";

export async function run({ options, directory, processEnv }: Invocation<"status">): Promise<number> {
  const { connection, environment, document, readLive } = await openTenant({
    directory,
    name: options.env,
    processEnv,
  });
  const { actions } = await buildProject(directory, environment, options.env);
  const { action } = await readLive("action");
  const { flow, unread } = await readFlowsApart(connection, listTriggers(document, action));
  const unreadFlows = unread.map(({ trigger }) => trigger);
  const rows = describeStatus({ action, flow }, actions, unreadFlows);
  console.log(
    options.json
      ? JSON.stringify({ version: 1, domain: connection.domain, actions: rows, unreadFlows }, undefined, 2)
      : renderStatus(connection.domain, rows, createPaint(process.stdout)),
  );
  const failure = describeUnread(unread);
  if (failure !== undefined) throw failure;
  return EXIT.success;
}
