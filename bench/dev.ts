import { spawn } from "node:child_process";
import { cpSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { copyProject } from "./deploy/project-copy.ts";
import { listen } from "./dev/listen.ts";
import { type Measured, measureWrangler } from "./dev/measure-wrangler.ts";

const root = join(import.meta.dirname, "..");
const SAVES = 20;
/** Milliseconds; the first for this project's Actions, the second for a hundred. */
const MOST = [150, 250];
const MOST_TO_START = 5_000;

/**
 * `npm run dev` in a copy of this project that was never started: until all addresses are printed, and from each of twenty saves of
 * an Action until it is live, with this project's Actions and with a hundred; beside them `wrangler dev` with a worker of an Action's size.
 */
export async function run(): Promise<boolean> {
  const results = [await measure(0), await measure(100)];
  const rival = await measureWrangler(SAVES);
  console.log(["actions", "start", "median save", "slowest save"].map((cell) => cell.padStart(14)).join(""));
  for (const { name, start, saves } of [...results, ...(rival === undefined ? [] : [rival])]) {
    const cells = [name, ...[start, median(saves), Math.max(...saves)].map((value) => `${Math.round(value)} ms`)];
    console.log(cells.map((cell) => cell.padStart(14)).join(""));
  }
  if (rival === undefined) console.log("wrangler dev is left out: npm could not install it here.");
  const [own] = results;
  return (
    own !== undefined &&
    own.start <= MOST_TO_START &&
    results.every(({ saves }, index) => median(saves) <= (MOST[index] ?? 0)) &&
    (rival === undefined || median(own.saves) <= median(rival.saves))
  );
}

async function measure(size: number): Promise<Measured> {
  const project = copyProject(root, size);
  cpSync(join(root, ".env.example"), join(project.directory, ".env.example"));
  symlinkSync(join(root, "examples"), join(project.directory, "examples"));
  const started = performance.now();
  const child = spawn(process.execPath, ["scripts/run.mjs", "dev", "--port", "0"], {
    cwd: project.directory,
    env: { PATH: process.env.PATH, AUTHORIZER_PORT: "0", SPA_URL: "http://localhost:3947" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = listen(child);
  try {
    await output.hear(/Log in as/);
    const start = performance.now() - started;
    // The first compilation of all sources is over by then.
    await output.hear(/types/);
    const saves: number[] = [];
    for (let index = 0; index < SAVES; index += 1) {
      output.forget();
      const saved = performance.now();
      project.changeAction();
      await output.hear(/\blive {2}actions/);
      saves.push(performance.now() - saved);
      // Somebody reads what is said before they save again.
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return { name: size === 0 ? "this project's" : String(size), start, saves };
  } finally {
    child.kill("SIGTERM");
    await output.ended.catch(() => {});
    project.remove();
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
