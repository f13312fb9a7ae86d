import { existsSync } from "node:fs";
import { join } from "node:path";
import { lastLine, run } from "./run.ts";

/** Packages that nobody else needs, each in a folder of its own: 87 MB, and 32. */
const FOLDERS = [
  { folder: "express-gateway", package: "express-gateway", name: "Express Gateway" },
  { folder: "kubernetes", package: "kubernetes-models", name: "the schema of Kubernetes" },
] as const;

/** Answers why something is not there. */
export async function installNpmFolders(directory: string): Promise<string | undefined> {
  for (const { folder, package: wanted, name } of FOLDERS) {
    const cwd = join(directory, "test/gateways-real", folder);
    if (existsSync(join(cwd, "node_modules", wanted))) continue;
    console.error(`installing ${name}`);
    const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    const { code, output } = await run("npm", args, { cwd, minutes: 10 });
    if (code !== 0) return `${name}: npm ci failed: ${lastLine(output)}`;
  }
  return undefined;
}
