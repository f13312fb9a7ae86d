import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { LocalTenant } from "../../local/auth0/server.ts";

/** The Deploy CLI's own import of a file or export into a folder, as deploy-cli.cjs runs it. */
export async function runPlainDeployCli(
  command: "import" | "export",
  path: string,
  tenant: LocalTenant,
  keywords: Readonly<Record<string, string>> = {},
): Promise<{ readonly command: string; readonly code: number; readonly output: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "deploy-cli.cjs"), command, path], {
    env: {
      PATH: process.env.PATH,
      AUTH0_DOMAIN: tenant.domain,
      AUTH0_CLIENT_ID: tenant.clientId,
      AUTH0_CLIENT_SECRET: tenant.clientSecret,
      NODE_EXTRA_CA_CERTS: tenant.caFile,
      KEYWORDS: JSON.stringify(keywords),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  const [code] = (await once(child, "close")) as [number];
  return { command, code, output };
}
