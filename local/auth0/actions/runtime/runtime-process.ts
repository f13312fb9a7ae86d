import { type ChildProcess, fork } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { HostMap } from "../../../network/host-map.ts";
import { packagesOf } from "../packages/package-folders.ts";
import { resolveLinks } from "../packages/resolve-links.ts";
import type { ActionsSettings } from "../settings.ts";
import { ensureRuntimeBundle } from "./bundle.ts";
import type { ActionSource, FromHost, RunRequest, RunResult, ToHost } from "./protocol.ts";

export interface RuntimeProcessOptions {
  /** Where the bundle of the runtime is kept. */
  readonly bundles: string;
  /** Whose node_modules Actions take their dependencies from. */
  readonly directory: string;
  /** Asked for when a process starts. */
  readonly getHosts: () => HostMap;
  readonly settings: Pick<ActionsSettings, "workers" | "workerMemory" | "inspectPort">;
  readonly log: (line: string) => void;
}

type RunInput = Omit<RunRequest, "id" | "sources">;

export interface RuntimeProcess {
  /** Starts the process before a run needs it: a debugger is attached by then. */
  start(): Promise<void>;
  /** Starts the process if there is none. `sources`: of all Actions of the run; sent when they are new to the process. */
  run(input: RunInput, sources: readonly ActionSource[]): Promise<RunResult>;
  close(): Promise<void>;
}

/**
 * The process that Actions run in: with an empty environment, no right to write files, and started again when it is lost. It is like
 * the platform for code that means well; it is not a sandbox for code that does not.
 */
export function createRuntimeProcess(options: RuntimeProcessOptions): RuntimeProcess {
  let current: Promise<Connection> | undefined;
  let isClosed = false;

  const connect = async (): Promise<Connection> => {
    mkdirSync(options.bundles, { recursive: true, mode: 0o700 });
    const bundle = await ensureRuntimeBundle(options.bundles);
    if (isClosed) throw new Error("The tenant is closed: its Actions do not run any more.");
    const connection = new Connection(options, bundle, () => {
      current = undefined;
    });
    if (options.settings.inspectPort !== undefined) await connection.firstWord;
    return connection;
  };

  const connected = async (): Promise<Connection> => {
    current ??= connect();
    try {
      return await current;
    } catch (error) {
      current = undefined;
      throw error;
    }
  };

  return {
    async start() {
      await connected();
    },
    run: async (input, sources) => (await connected()).run(input, sources),
    async close() {
      isClosed = true;
      const connection = await current?.catch(() => undefined);
      await connection?.close();
    },
  };
}

/** One process and the runs it has not answered yet. */
class Connection {
  readonly #child: ChildProcess;
  /** On standard error, where Node says whether a debugger can attach; or its end. */
  readonly firstWord: Promise<unknown>;
  readonly #known = new Set<string>();
  readonly #pending = new Map<number, (result: RunResult) => void>();
  #lastId = 0;

  constructor({ directory, getHosts, settings, log }: RuntimeProcessOptions, bundle: string, onGone: () => void) {
    this.#child = fork(join(bundle, "host.cjs"), [], {
      env: {},
      execArgv:
        settings.inspectPort === undefined
          ? permissions([bundle, join(directory, "node_modules"), packagesOf(directory)])
          : [`--inspect=127.0.0.1:${settings.inspectPort}`],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      for (const line of text.trimEnd().split("\n")) log(`actions: ${line}`);
    });
    this.firstWord = new Promise((resolve) => {
      this.#child.stderr?.once("data", resolve);
      this.#child.once("exit", resolve);
    });
    this.#child.on("message", ({ result }: FromHost) => this.#settle(result));
    this.#child.on("exit", (code, signal) => {
      onGone();
      const message = `The process of the Actions has ended (${signal ?? `exit code ${code}`}).`;
      for (const id of [...this.#pending.keys()]) {
        const error = { errorClass: "platform_error", name: "Error", message } as const;
        this.#settle({ id, runs: [], ending: { kind: "failed", error } });
      }
    });
    this.#send({ kind: "start", setup: { directory, hosts: getHosts() }, ...pick(settings) });
  }

  run(input: RunInput, sources: readonly ActionSource[]): Promise<RunResult> {
    const unknown = sources.filter(({ versionId }) => !this.#known.has(versionId));
    for (const { versionId } of unknown) this.#known.add(versionId);
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      this.#pending.set(id, resolve);
      this.#send({ kind: "run", request: { ...input, id, sources: unknown } });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) resolve();
      else {
        this.#child.once("exit", () => resolve());
        this.#child.kill("SIGKILL");
      }
    });
  }

  #settle(result: RunResult): void {
    this.#pending.get(result.id)?.(result);
    this.#pending.delete(result.id);
  }

  #send(message: ToHost): void {
    // A process that is going away answers by its exit.
    this.#child.send(message, () => {});
  }
}

function pick({ workers, workerMemory }: Pick<ActionsSettings, "workers" | "workerMemory">) {
  return { workers, workerMemory };
}

/** Node's permission model: no child processes, no native addons, no file written, and these alone to be read. */
function permissions(readable: readonly string[]): string[] {
  const isStable = process.allowedNodeEnvironmentFlags.has("--permission");
  return [
    isStable ? "--permission" : "--experimental-permission",
    "--allow-worker",
    // Also where a link leads: Node resolves one before it asks.
    ...new Set(
      readable.flatMap((path) => [path, resolveLinks(path)]).map((path) => `--allow-fs-read=${join(path, "*")}`),
    ),
    ...(process.allowedNodeEnvironmentFlags.has("--allow-net") ? ["--allow-net"] : []),
    "--disable-warning=ExperimentalWarning",
    "--disable-warning=SecurityWarning",
  ];
}
