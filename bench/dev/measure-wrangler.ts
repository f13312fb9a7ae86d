import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { listen } from "./listen.ts";

/** The newest that runs on Node 20; later ones want Node 22. */
const WRANGLER = "wrangler@4.86.0";
/** Of add-email-claim's bundle. */
const BYTES = 4_500;

export interface Measured {
  readonly name: string;
  /** Milliseconds until it answers. */
  readonly start: number;
  /** Milliseconds from each save until it says that it is live. */
  readonly saves: readonly number[];
}

/** `wrangler dev` on a worker of an Action's size; undefined where npm does not have it. */
export async function measureWrangler(saves: number): Promise<Measured | undefined> {
  const directory = mkdtempSync(join(tmpdir(), "wrangler-"));
  try {
    writeFileSync(join(directory, "package.json"), "{}");
    const install = ["install", "--no-audit", "--no-fund", "--ignore-scripts", WRANGLER];
    if (!(await run("npm", install, directory))) return undefined;
    return await measure(directory, saves);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const run = (file: string, args: readonly string[], cwd: string): Promise<boolean> =>
  promisify(execFile)(file, args, { cwd, timeout: 300_000 }).then(
    () => true,
    () => false,
  );

async function measure(directory: string, count: number): Promise<Measured> {
  save(directory, 0);
  const started = performance.now();
  const child = spawn(process.execPath, ["node_modules/wrangler/bin/wrangler.js", "dev", "worker.js", ...OPTIONS], {
    cwd: directory,
    // It asks nobody on the internet, as our own does not.
    env: {
      PATH: process.env.PATH,
      HOME: directory,
      CI: "1",
      WRANGLER_SEND_METRICS: "false",
      CLOUDFLARE_CF_FETCH_ENABLED: "false",
    },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const output = listen(child);
  try {
    await output.hear(/Ready on/);
    const start = performance.now() - started;
    const saves: number[] = [];
    for (let index = 1; index <= count; index += 1) {
      output.forget();
      const saved = performance.now();
      save(directory, index);
      await output.hear(/updated and ready/);
      saves.push(performance.now() - saved);
      // Somebody reads what is said before they save again.
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return { name: "wrangler dev", start, saves };
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGTERM");
    await output.ended.catch(() => {});
  }
}

const OPTIONS = ["--port", "0", "--ip", "127.0.0.1", "--compatibility-date", "2025-01-01"];

function save(directory: string, version: number): void {
  const ballast = JSON.stringify("x".repeat(BYTES));
  const source = `const text = ${ballast};\nexport default { async fetch() { return new Response("version ${version} " + text); } };\n`;
  writeFileSync(join(directory, "worker.js"), source);
}
