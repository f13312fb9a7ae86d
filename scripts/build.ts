import { buildProject, writeBuild } from "./build/build-project.ts";
import { renderBuild, renderBuildJson } from "./build/render.ts";
import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { readEnvironment } from "./tenant/read-environment.ts";

export async function run({ options, directory, processEnv }: Invocation<"build">): Promise<number> {
  const environment = await readEnvironment({ directory, name: options.env, processEnv });
  const build = await buildProject(directory, environment, options.env);
  if (build.ok) await writeBuild(directory, build);
  console.log(options.json ? renderBuildJson(build) : renderBuild(build));
  return build.ok ? EXIT.success : EXIT.failure;
}
