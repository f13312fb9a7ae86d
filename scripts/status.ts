import { buildProject } from "./build/build-project.ts";
import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { describeStatus } from "./operate/describe-status.ts";
import { openTenant } from "./operate/open-tenant.ts";
import { renderStatus } from "./operate/render-status.ts";
import { createPaint } from "./terminal/paint.ts";

export async function run({ options, directory, processEnv }: Invocation<"status">): Promise<number> {
  const { connection, readLive } = await openTenant({ directory, name: options.env, processEnv });
  const { actions } = await buildProject(directory, {}, options.env);
  const rows = describeStatus(await readLive("action", "flow"), actions);
  console.log(
    options.json
      ? JSON.stringify({ version: 1, domain: connection.domain, actions: rows }, undefined, 2)
      : renderStatus(connection.domain, rows, createPaint(process.stdout)),
  );
  return EXIT.success;
}
