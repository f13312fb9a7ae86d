import { join } from "node:path";
import { runBuild } from "./build/run-build.ts";
import { runCommand } from "./command.ts";

await runCommand(() =>
  runBuild({
    directory: join(import.meta.dirname, ".."),
    args: process.argv.slice(2),
    processEnv: process.env,
    print: console.log,
  }),
);
