import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { packagesOf } from "../../../local/auth0/actions/packages/package-folders.ts";
import { resolveLinks } from "../../../local/auth0/actions/packages/resolve-links.ts";
import type { LoadedBundle, LoadReply, LoadRequest } from "./messages.ts";

/** For the body of one bundle. Auth0 gives a whole execution 20 s. */
export const LOAD_TIMEOUT_MS = 5_000;
/** For the process. Whoever has so many slow bundles that they need longer together has them loaded one by one. */
const PROCESS_TIMEOUT_MS = 10_000;
/** Once everything is loaded: a timer that an Action leaves running is its own affair. */
const GRACE_MS = 100;
const HEAP_MB = 512;
/** Buffers are not on the heap. */
const RESIDENT_KB = 1024 * 1024;

/** How one process went. */
export interface LoadRun {
  /** Empty when it did not get so far. */
  readonly bundles: readonly LoadedBundle[];
  readonly ending:
    | Exclude<LoadReply, { kind: "loaded" | "turning" }>
    | Extract<LoadedBundle, { kind: "stuck" | "ended" }>;
}

/** Loads what it is told in a process of its own. */
export type RunLoading = (program: string, request: LoadRequest) => Promise<LoadRun>;

/** {@link RunLoading} in a process that is started for it. */
export const runLoading: RunLoading = (program, request) => runIn(startLoading(request.directory), program, request);

/**
 * A process that waits for its program: with nothing of this process's environment, bounded memory, and by Node's permission
 * model nothing to read but packages: no .env, no other process, no program to start.
 */
export function startLoading(directory: string): ChildProcess {
  const child = spawn(process.execPath, [...listPermissions(directory), `--max-old-space-size=${HEAP_MB}`, "-"], {
    cwd: directory,
    env: {},
    stdio: ["pipe", "ignore", "ignore", "pipe"],
  });
  // A child that dies at once closes its input; its end says so, not the broken pipe.
  child.stdin?.on("error", () => {});
  return child;
}

/** Once, with bounded time. */
export function runIn(child: ChildProcess, program: string, request: LoadRequest): Promise<LoadRun> {
  child.stdin?.end(`${program}\nloading.loadAll(${JSON.stringify(request)});`);
  return watch(child);
}

function watch(child: ChildProcess): Promise<LoadRun> {
  return new Promise((resolve, reject) => {
    let said = "";
    let ending: LoadRun["ending"] | undefined;
    const kill = (reason: LoadRun["ending"]): void => {
      ending ??= reason;
      child.kill("SIGKILL");
    };
    const timeout = setTimeout(() => kill({ kind: "stuck" }), PROCESS_TIMEOUT_MS);
    const memory = setInterval(async () => {
      const isFull = (await readResidentKb(child.pid)) > RESIDENT_KB;
      if (isFull) kill({ kind: "ended", how: "for want of memory, of which it may have 1 GB" });
    }, 50);
    let grace: NodeJS.Timeout | undefined;
    child.stdio[3]?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const kinds = parseReplies(said).map(({ kind }) => kind);
      // What is left is Node's own end, which nobody needs to wait for.
      if (kinds.includes("idle")) kill({ kind: "idle" });
      else if (kinds.includes("turning")) grace ??= setTimeout(() => kill({ kind: "idle" }), GRACE_MS);
    });
    child.once("error", reject);
    child.once("close", (code, signal) => {
      for (const timer of [timeout, memory, grace]) clearTimeout(timer);
      const replies = parseReplies(said);
      const bundles = replies.flatMap((reply) => (reply.kind === "loaded" ? reply.bundles : []));
      const last = replies.findLast(isEnding);
      resolve({ bundles, ending: last ?? ending ?? { kind: "ended", how: signal ?? `exit code ${code}` } });
    });
  });
}

const isEnding = (reply: LoadReply): reply is Extract<LoadReply, { kind: "idle" | "threw later" }> =>
  reply.kind === "idle" || reply.kind === "threw later";

/** A bundle may have written there as well. */
function parseReplies(said: string): readonly LoadReply[] {
  return said.split("\n").flatMap((line) => {
    try {
      return line === "" ? [] : [JSON.parse(line) as LoadReply];
    } catch {
      return [];
    }
  });
}

/** Where the system shows it: Linux. */
async function readResidentKb(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
}

/** The folders of packages, as `require` goes through them from the project's, and those of other versions; also where links lead. */
function listPermissions(directory: string): readonly string[] {
  const manifest = join(directory, "package.json");
  const folders = [...(createRequire(manifest).resolve.paths("package") ?? []), packagesOf(directory)];
  const readable = [
    ...folders.flatMap((folder) => [folder, resolveLinks(folder)]).map((folder) => join(folder, "*")),
    manifest,
  ];
  return [
    process.allowedNodeEnvironmentFlags.has("--permission") ? "--permission" : "--experimental-permission",
    ...[...new Set(readable)].map((path) => `--allow-fs-read=${path}`),
  ];
}
