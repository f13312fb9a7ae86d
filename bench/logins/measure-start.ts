import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Milliseconds from starting the process of `npm run local` to the line that says how to reach the tenant, with the keys
 * there. State and lock are the benchmark's own, so a tenant that runs is left alone.
 */
export async function measureStarts(directory: string, count: number): Promise<readonly number[]> {
  const own = mkdtempSync(join(tmpdir(), "bench-start-"));
  try {
    // The first makes keys, certificates and, if a source has changed, the bundle; the second is the first that finds them.
    for (let warm = 0; warm < 2; warm += 1) await start(directory, own);
    const times: number[] = [];
    for (let run = 0; run < count; run += 1) times.push(await start(directory, own));
    return times.sort((a, b) => a - b);
  } finally {
    rmSync(own, { recursive: true });
  }
}

async function start(directory: string, own: string): Promise<number> {
  const started = performance.now();
  const args = [join(directory, "scripts/run.mjs"), "local", "--json", "--port", "0", "--directory", own];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "close");
  try {
    await Promise.race([
      once(child.stdout, "data"),
      ended.then(([code]) => {
        throw new Error(`npm run local ended (${code}).`);
      }),
    ]);
    return performance.now() - started;
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
}
