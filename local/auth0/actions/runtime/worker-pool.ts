import type { ActionSource, RunRequest, RunResult } from "./protocol.ts";
import { Thread, type ThreadOptions } from "./worker-thread.ts";

export interface WorkerPoolOptions extends ThreadOptions {
  readonly workers: number;
}

/**
 * The threads that Actions run in. The first idle one is taken, so that logins one after the other find the same module variables;
 * a new one is started while all are busy; when there are enough, they are shared.
 */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #threads: Thread[] = [];
  readonly #sources = new Map<string, ActionSource>();

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
  }

  /** Fulfils always: what goes wrong is the result's ending. */
  run(request: RunRequest): Promise<RunResult> {
    for (const source of request.sources) this.#sources.set(source.versionId, source);
    return this.#chooseThread().run(request, this.#sources);
  }

  #chooseThread(): Thread {
    const idle = this.#threads.find((thread) => thread.load === 0);
    if (idle !== undefined) return idle;
    if (this.#threads.length < this.#options.workers) {
      const thread = new Thread(this.#options, () => this.#threads.splice(this.#threads.indexOf(thread), 1));
      this.#threads.push(thread);
      return thread;
    }
    return this.#threads.reduce((least, thread) => (thread.load < least.load ? thread : least));
  }
}
