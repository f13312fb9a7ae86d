import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { installDebianPackages } from "./test-gateways/debian.ts";

import { installKrakend } from "./test-gateways/krakend.ts";
import { installNpmFolders } from "./test-gateways/npm-folders.ts";
import { run as runProgram } from "./test-gateways/run.ts";

export async function run({ options, directory, processEnv }: Invocation<"test:gateways">): Promise<number> {
  for (const install of [installDebianPackages, installNpmFolders, installKrakend]) {
    const problem = await install(directory);
    if (problem !== undefined) console.error(`skipped: ${problem}`);
  }
  const isStrict = options["require-all"] || processEnv.CI === "true";
  const { code } = await runProgram(
    process.execPath,
    ["node_modules/jest/bin/jest.js", "-c", "jest.gateways.config.js"],
    {
      cwd: directory,
      shown: true,
      environment: {
        ...(isStrict && { REQUIRE_ALL_GATEWAYS: "1", MAY_SKIP_GATEWAYS: options.without.join(",") }),
        ...(options.update && { UPDATE_TABLE: "1" }),
      },
      minutes: 20,
    },
  );
  return code === 0 ? EXIT.success : EXIT.failure;
}
