import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildProject, writeBuild } from "./build/build-project.ts";
import { renderBuild, renderBuildJson } from "./build/render.ts";
import { CommandError, EXIT, runCommand } from "./command.ts";
import { readEnvironment } from "./tenant/read-environment.ts";

const usage = `Usage: npm run build -- [--env <name>] [--json]

Bundles every Action of tenant.yaml to dist/actions/<name>.js and checks the tenant file and the bundles against what
Auth0 accepts. Exits 0 when all is built, 1 when something is refused (then dist/ stays as it was), 2 on wrong use.

  --env <name>  check with the values of environments/<name>.env as well
  --json        print one line of JSON instead of the table`;

function parseOptions(): { env: string | undefined; json: boolean; help: boolean } {
  try {
    const { values } = parseArgs({
      options: { env: { type: "string" }, json: { type: "boolean" }, help: { type: "boolean" } },
    });
    return { env: values.env, json: values.json === true, help: values.help === true };
  } catch (cause) {
    throw new CommandError("USAGE", `${cause instanceof Error ? cause.message : cause}\n\n${usage}`, {
      exitCode: EXIT.usage,
      cause,
    });
  }
}

await runCommand(async () => {
  const { env, json, help } = parseOptions();
  if (help) {
    console.log(usage);
    return EXIT.success;
  }
  const directory = join(import.meta.dirname, "..");
  const build = await buildProject(directory, await readEnvironment({ directory, name: env, processEnv: process.env }));
  if (build.ok) await writeBuild(directory, build);
  console.log(json ? renderBuildJson(build) : renderBuild(build));
  return build.ok ? EXIT.success : EXIT.failure;
});
