import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";

export interface Cost {
  readonly seconds: number;
  /** Of the process and all that it started, at the moment when together they had most; bytes. */
  readonly peakMemory: number;
}

/** Between two looks at the memory. */
const LOOK_MS = 25;

/**
 * Runs node with these arguments and measures it from start to end.
 *
 * @throws {Error} with what it printed, when it exits with another code
 */
export function runCommand(
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>>,
  exitCode = 0,
): Promise<Cost> {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      printed += chunk;
    });
  }
  let peakMemory = 0;
  const looks = setInterval(() => {
    peakMemory = Math.max(peakMemory, child.pid === undefined ? 0 : readMemory(child.pid));
  }, LOOK_MS);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      clearInterval(looks);
      if (code === exitCode) resolve({ seconds: (performance.now() - started) / 1000, peakMemory });
      else reject(new Error(`${args.join(" ")} exited with ${code}:\n${printed}`));
    });
  });
}

/** Resident bytes of a process and its descendants; `ps` where there is no /proc. */
function readMemory(pid: number): number {
  if (process.platform !== "linux") return readMemoryFromPs(pid);
  try {
    const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
    return kilobytes * 1024 + children.reduce((sum, child) => sum + readMemory(child), 0);
  } catch {
    // It ended between two reads.
    return 0;
  }
}

function readMemoryFromPs(root: number): number {
  const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid=,rss="], { encoding: "utf8" })
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const sum = (pid: number): number =>
    rows.reduce((total, [id = 0, parent, kilobytes = 0]) => {
      const own = id === pid ? kilobytes * 1024 : 0;
      return total + own + (parent === pid ? sum(id) : 0);
    }, 0);
  return sum(root);
}
