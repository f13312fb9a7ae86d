import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { lastLine, run } from "./run.ts";

const VERSION = "2.13.8";

/** Where it is kept once it is built; KRAKEND names one that is there already. */
export function locateKrakend(environment: NodeJS.ProcessEnv = process.env): string {
  const cache = environment.XDG_CACHE_HOME || join(homedir(), ".cache");
  return environment.KRAKEND || join(cache, "auth0-stripe-actions", `krakend-${VERSION}`, "krakend-ce");
}

/** Built once with Go, which takes minutes. Answers why it is not there. */
export async function installKrakend(cwd: string): Promise<string | undefined> {
  const binary = locateKrakend();
  if (existsSync(binary)) return undefined;
  if (process.env.KRAKEND) return `KrakenD: there is none at ${binary}, where KRAKEND points to`;
  const { code: goCode, output: go } = await run("go", ["env", "GOVERSION"], { cwd, minutes: 1 });
  const minor = Number(/^go1\.(\d+)/.exec(go)?.[1] ?? 0);
  if (goCode !== 0 || minor < 25) return "KrakenD: building it takes Go 1.25 or later";
  console.error(`building KrakenD ${VERSION}, which takes some minutes`);
  const args = ["-n", "10", "go", "install", `github.com/krakend/krakend-ce/v2/cmd/krakend-ce@v${VERSION}`];
  const { code, output } = await run("nice", args, { cwd, environment: { GOBIN: dirname(binary) }, minutes: 30 });
  return code === 0 ? undefined : `KrakenD: its module could not be built: ${lastLine(output)}`;
}
