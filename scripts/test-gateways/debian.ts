import { existsSync } from "node:fs";
import { lastLine, run } from "./run.ts";

const PROGRAMS = [
  { path: "/usr/sbin/nginx", package: "nginx-light" },
  { path: "/usr/bin/caddy", package: "caddy" },
  // What checks examples/authorizer-service.
  { path: "/usr/bin/promtool", package: "prometheus" },
  { path: "/usr/bin/systemd-analyze", package: "systemd" },
] as const;

/** Answers why they are not there. */
export async function installDebianPackages(cwd: string): Promise<string | undefined> {
  const missing = PROGRAMS.filter(({ path }) => !existsSync(path)).map((program) => program.package);
  if (missing.length === 0) return undefined;
  const command = `apt-get install ${missing.join(" ")}`;
  if (!existsSync("/usr/bin/apt-get")) return `${missing.join(" and ")} not installed, and this is not Debian`;
  if (process.getuid?.() !== 0) return `${missing.join(" and ")} not installed: sudo ${command}`;
  console.error(`installing ${missing.join(" and ")}`);
  const environment = { DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", ...missing]]) {
    const { code, output } = await run("apt-get", args, { cwd, environment, minutes: 10 });
    if (code !== 0) return `${command} failed: ${lastLine(output)}`;
  }
  return undefined;
}
