import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { call, managementToken } from "../../test/support/local-tenant.ts";
import { median } from "../logins/median.ts";
import { emailOf, makeState, type Size, usernameOf } from "./make-state.ts";

export interface LargeTenant {
  /** From the start of the process to the line that says how to reach the tenant: milliseconds, the best of some starts. */
  readonly start: number;
  /** The most that the process held until then: bytes. */
  readonly memory: number;
  /** Milliseconds at the client, medians, by what was asked. */
  readonly searches: Readonly<Record<string, number>>;
}

type Access = Parameters<typeof managementToken>[0];

const STARTS = 3;
const ROUNDS = 41;

/** Starts `npm run local` with a state of this size and asks it for some of its users. */
export async function measureTenant(root: string, size: Size): Promise<LargeTenant> {
  const own = mkdtempSync(join(tmpdir(), "bench-large-"));
  try {
    for (const part of ["keys", "tls"]) cpSync(join(root, ".local", part), join(own, part), { recursive: true });
    mkdirSync(join(own, "tenant"), { mode: 0o700 });
    const made = join(own, "made.jsonl");
    makeState(made, size);
    const restore = (): void => copyFileSync(made, join(own, "tenant/state.jsonl"));
    restore();
    // Makes the bundle if a source has changed, and finds it the next time.
    await withTenant(root, own, async () => {});
    const starts: number[] = [];
    const memories: number[] = [];
    for (let run = 0; run < STARTS; run += 1) {
      restore();
      await withTenant(root, own, async (_, { start, memory }) => {
        starts.push(start);
        memories.push(memory);
      });
    }
    const searches = await withTenant(root, own, (access) => measureSearches(access, size));
    return { start: Math.min(...starts), memory: median(memories), searches };
  } finally {
    rmSync(own, { recursive: true });
  }
}

async function withTenant<T>(
  root: string,
  own: string,
  use: (access: Access, cost: { readonly start: number; readonly memory: number }) => Promise<T>,
): Promise<T> {
  const started = performance.now();
  const args = [join(root, "scripts/run.mjs"), "local", "--json", "--port", "0", "--directory", own];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "close");
  try {
    const [line] = (await Promise.race([
      once(child.stdout, "data"),
      ended.then(([code]) => {
        throw new Error(`npm run local ended (${code}).`);
      }),
    ])) as [Buffer];
    const start = performance.now() - started;
    return await use(JSON.parse(line.toString()) as Access, { start, memory: readPeak(child.pid ?? 0) });
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
}

/** Linux tells the most that a process has held; 0 elsewhere. */
function readPeak(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

const QUESTIONS: Readonly<Record<string, (number: number) => string>> = {
  'users?q=email:"…"': (number) => `/users?search_engine=v3&q=email:%22${encodeURIComponent(emailOf(number))}%22`,
  'users?q=username:"…"': (number) => `/users?search_engine=v3&q=username:%22${usernameOf(number)}%22`,
  "users-by-email": (number) => `/users-by-email?email=${encodeURIComponent(emailOf(number))}`,
  "users, page 9": () => "/users?page=9&per_page=50&include_totals=true",
};

async function measureSearches(access: Access, { users }: Size): Promise<Readonly<Record<string, number>>> {
  const token = await managementToken(access);
  const measureOne = async (path: string): Promise<number> => {
    const started = performance.now();
    const { status, body } = await call(access, `/api/v2${path}`, { token });
    const time = performance.now() - started;
    if (status !== 200 || JSON.stringify(body).indexOf("person-") === -1) throw new Error(`${path} found nobody.`);
    return time;
  };
  const found: Record<string, number> = {};
  for (const [what, toPath] of Object.entries(QUESTIONS)) {
    const times: number[] = [];
    for (let round = 0; round < 2 * ROUNDS; round += 1) {
      // Somebody else each time, since nobody asks for the same person again and again.
      times.push(await measureOne(toPath((round * 7_919) % users)));
    }
    found[what] = median(times.slice(ROUNDS));
  }
  return found;
}
