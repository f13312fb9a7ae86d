import { Worker } from "node:worker_threads";
import type { ActionFailure } from "../outcome.ts";
import type { ActionSource, FromWorker, RunEnding, RunRequest, RunResult, ToWorker, WatchedRun } from "./protocol.ts";
import type { WorkerSetup } from "./worker-setup.ts";

export interface ThreadOptions {
  readonly workerFile: string;
  readonly setup: WorkerSetup;
  /** Megabytes. */
  readonly workerMemory: number;
}

/** How long a thread has to say what it has, once the time of a run is up. One that is stuck in a loop never will. */
const ABANDON_GRACE = 100;

interface PendingRun {
  readonly runs: WatchedRun[];
  readonly request: RunRequest;
  readonly startedAt: number;
  readonly settle: (ending: RunEnding, transaction?: unknown) => void;
}

/** One worker thread and the runs it has not answered yet. */
export class Thread {
  readonly #worker: Worker;
  readonly #known = new Set<string>();
  readonly #pending = new Map<number, PendingRun>();
  readonly #onGone: () => void;
  #isGone = false;

  constructor({ workerFile, setup, workerMemory }: ThreadOptions, onGone: () => void) {
    this.#onGone = onGone;
    this.#worker = new Worker(workerFile, {
      workerData: setup,
      env: {},
      argv: [],
      // No `execArgv`: a list of its own, even an empty one, would free the thread from the process's permissions.
      resourceLimits: { maxOldGenerationSizeMb: workerMemory },
    });
    this.#worker.on("message", (message: FromWorker) => this.#receive(message));
    this.#worker.on("error", (error: Error) => this.#end(lostThread(error.name, error.message, error.stack)));
    this.#worker.on("exit", (code) => {
      this.#lose(lostThread("Error", `The thread of the Actions has ended with exit code ${code}.`));
    });
  }

  get load(): number {
    return this.#pending.size;
  }

  run(request: RunRequest, sources: ReadonlyMap<string, ActionSource>): Promise<RunResult> {
    const { id, actions } = request;
    const unknown = actions.flatMap(({ versionId }) => {
      const source = this.#known.has(versionId) ? undefined : sources.get(versionId);
      this.#known.add(versionId);
      return source ?? [];
    });
    return new Promise((resolve) => {
      const runs: WatchedRun[] = [];
      const timer = setTimeout(() => this.#endOfTime(id), request.settings.triggerTimeout);
      const settle: PendingRun["settle"] = (ending, transaction) => {
        clearTimeout(timer);
        this.#pending.delete(id);
        resolve({ id, runs, ending, ...(transaction !== undefined && { transaction }) });
      };
      this.#pending.set(id, { runs, request, startedAt: Date.now(), settle });
      this.#send({ kind: "run", request: { ...request, sources: unknown } });
    });
  }

  #receive(message: FromWorker): void {
    if (message.kind === "lost") {
      this.#end({ ...message.error, errorClass: "platform_error" });
      return;
    }
    const run = this.#pending.get(message.id);
    if (message.kind === "ended") run?.settle(message.ending, message.transaction);
    else run?.runs.push(message.run);
  }

  #endOfTime(id: number): void {
    const run = this.#pending.get(id);
    if (run === undefined) return;
    const { timeoutMessage } = run.request.settings;
    const error: ActionFailure = { errorClass: "action_timeout", name: "Error", message: timeoutMessage };
    this.#send({ kind: "abandon", id, error });
    setTimeout(() => {
      if (!this.#pending.has(id)) return;
      fail(run, error);
      this.#lose(lostThread("Error", "Another login's Action blocked the thread until its time was up."));
    }, ABANDON_GRACE);
  }

  /** By an error that nobody handled. */
  #end(error: ActionFailure): void {
    // With no login to tell it to. Without the message: it is the Action's own.
    if (this.load === 0) console.error(`a thread has ended by an ${error.name} that nobody handled`);
    this.#lose(error);
  }

  #lose(error: ActionFailure): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#onGone();
    void this.#worker.terminate();
    for (const run of this.#pending.values()) fail(run, error);
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }
}

function lostThread(name: string, message: string, stack?: string): ActionFailure {
  return { errorClass: "platform_error", name, message, ...(stack !== undefined && { stack }) };
}

/** Without the thread's help: the Action that was running is the one after those that reported. */
function fail({ runs, request, startedAt, settle }: PendingRun, error: ActionFailure): void {
  const running = request.actions[runs.length];
  if (running !== undefined) {
    const { secrets: _, ...action } = running;
    const endedAt = Date.now() + request.clockOffset;
    const since = runs.at(-1)?.endedAt ?? startedAt + request.clockOffset;
    const times = { startedAt: since, endedAt, durationMs: endedAt - since };
    const asked = { output: "", commands: [], effects: [], requests: [] };
    runs.push({ ...action, ...times, ...asked, effect: "failed", error });
  }
  settle({ kind: "failed", error });
}
