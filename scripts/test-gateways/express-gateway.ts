import { existsSync } from "node:fs";
import { join } from "node:path";
import { lastLine, run } from "./run.ts";

/** In a folder of its own: 87 MB that nobody else needs. Answers why it is not there. */
export async function installExpressGateway(root: string): Promise<string | undefined> {
  const folder = join(root, "test/gateways-real/express-gateway");
  if (existsSync(join(folder, "node_modules/express-gateway"))) return undefined;
  console.error("installing Express Gateway");
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  const { code, output } = await run("npm", args, { cwd: folder, minutes: 10 });
  return code === 0 ? undefined : `Express Gateway: npm ci failed: ${lastLine(output)}`;
}
