import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { GatewayFolder } from "../../gateways/model/gateway-model.ts";

/** Files of an earlier run that are not made any more are removed; what else stands in the folders (node_modules) stays. */
export async function writeFolders(out: string, folders: readonly GatewayFolder[]): Promise<void> {
  for (const { name, files } of folders) {
    const folder = join(out, name);
    for (const generated of ["config", "plugin", "paid.lua", "path.lua"])
      await rm(join(folder, generated), { recursive: true, force: true });
    for (const { path, text } of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
  }
}
