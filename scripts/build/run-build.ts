import { EXIT } from "../command.ts";
import { readEnvironment } from "../tenant/read-environment.ts";
import { readOptions } from "../terminal/options.ts";
import { buildProject, writeBuild } from "./build-project.ts";
import { renderBuild, renderBuildJson } from "./render.ts";

const USAGE = `Usage: npm run build -- [--env <name>] [--json]

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
  const options = readOptions(
    USAGE,
    { env: { type: "string" }, json: { type: "boolean" } },
    { argv: args, environment: processEnv, print },
  );
  if (options === undefined) return EXIT.success;
  const { env, json } = options;
  const build = await buildProject(directory, await readEnvironment({ directory, name: env, processEnv }), env);
  if (build.ok) await writeBuild(directory, build);
  print(json ? renderBuildJson(build) : renderBuild(build));
  return build.ok ? EXIT.success : EXIT.failure;
}
