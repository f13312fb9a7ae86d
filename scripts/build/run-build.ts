import { parseArgs } from "node:util";
import { CommandError, EXIT } from "../command.ts";
import { readEnvironment } from "../tenant/read-environment.ts";
import { isMapping } from "../tenant/shape.ts";
import { buildProject, writeBuild } from "./build-project.ts";
import { renderBuild, renderBuildJson } from "./render.ts";

const usage = `Usage: npm run build -- [--env <name>] [--json]

Bundles every Action of tenant.yaml to dist/actions/<name>.js and checks the tenant file and the bundles against what
Auth0 accepts. Exits 0 when all is built, 1 when something is refused (then dist/ stays as it was), 2 on wrong use.

  --env <name>  check with the values of environments/<name>.env as well
  --json        print one line of JSON instead of the table`;

interface RunBuildOptions {
  /** The project's folder, which holds tenant.yaml. */
  readonly directory: string;
  /** What stands behind the command's name. */
  readonly args: readonly string[];
  readonly processEnv: NodeJS.ProcessEnv;
  readonly print: (text: string) => void;
}

/** `npm run build`. Answers the exit code. */
export async function runBuild({ directory, args, processEnv, print }: RunBuildOptions): Promise<number> {
  const { env, json, help } = parseOptions(args);
  if (help) {
    print(usage);
    return EXIT.success;
  }
  const build = await buildProject(directory, await readEnvironment({ directory, name: env, processEnv }));
  if (build.ok) await writeBuild(directory, build);
  print(json ? renderBuildJson(build) : renderBuild(build));
  return build.ok ? EXIT.success : EXIT.failure;
}

function parseOptions(args: readonly string[]): { env: string | undefined; json: boolean; help: boolean } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { env: { type: "string" }, json: { type: "boolean" }, help: { type: "boolean" } },
    });
    return { env: values.env, json: values.json === true, help: values.help === true };
  } catch (cause) {
    // parseArgs names the option in its message; that and the usage are all that a person needs.
    const reason = isMapping(cause) ? String(cause.message) : String(cause);
    throw new CommandError("USAGE", `${reason}\n\n${usage}`, { exitCode: EXIT.usage, cause });
  }
}
