import { join } from "node:path";
import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { buildPackage } from "./package/build-package.ts";
import { listDependencies } from "./package/list-dependencies.ts";
import { pack } from "./package/pack.ts";
import { renderPacked } from "./package/render-packed.ts";

/** The tool's own folder: what is packed is its code, and nothing of a project. */
const TOOL = join(import.meta.dirname, "..");

export async function run({ options }: Invocation<"package">): Promise<number> {
  const folder = join(TOOL, "dist/package");
  const { dependencies } = await buildPackage(TOOL, folder);
  const packed = await pack(folder, join(TOOL, "dist"));
  const tree = await listDependencies(TOOL, dependencies);
  console.log(options.json ? JSON.stringify({ ...packed, dependencies: tree }) : renderPacked(packed, tree));
  return EXIT.success;
}
