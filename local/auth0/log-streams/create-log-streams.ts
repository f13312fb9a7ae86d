import { setTimeout } from "node:timers/promises";
import { type PostOptions, post } from "../../http/post.ts";
import { HostNotMappedError } from "../../network/host-not-mapped.ts";
import type { LogEntry } from "../state/log-entry.ts";
import type { Tenant } from "../tenant.ts";
import { findLogStream, type HttpLogStream, listStreamsFor, renderEntry } from "./log-stream.ts";

/** Times in milliseconds. */
export interface LogStreamsSettings {
  /** Before the second and third attempt; how many there are is documented (Auth0 docs, "Log Streams"), how long between is not. */
  readonly retryAfter: readonly number[];
  /** After the third, before all begins anew, until the server takes the entry. */
  readonly restartAfter: number;
  readonly attemptTimeout: number;
}

const DEFAULTS: LogStreamsSettings = { retryAfter: [1_000, 2_000], restartAfter: 60_000, attemptTimeout: 10_000 };

/** The tenant's log on its way to servers of this machine. Nobody who writes an entry waits for it. */
interface LogStreams {
  tell(entry: LogEntry): void;
  /** Cuts what is on its way. */
  close(): void;
}

interface LogStreamsOptions extends PostOptions {
  readonly settings?: Partial<LogStreamsSettings> | undefined;
}

export function createLogStreams(
  getTenant: () => Pick<Tenant, "log" | "state">,
  { settings, ...network }: LogStreamsOptions,
): LogStreams {
  const { retryAfter, restartAfter, attemptTimeout } = { ...DEFAULTS, ...settings };
  const closing = new AbortController();
  const { signal } = closing;
  /** What cannot be reached at all is told of once: it is each entry's lot. */
  const unreachable = new Set<string>();

  /** Nothing where the server took it, else why it did not. */
  const attempt = async (stream: HttpLogStream, entry: LogEntry): Promise<Error | undefined> => {
    const ends = AbortSignal.any([signal, AbortSignal.timeout(attemptTimeout)]);
    try {
      const url = stream.sink.httpEndpoint;
      const status = await post({ url, ...renderEntry(stream, entry), signal: ends }, network);
      return status >= 200 && status < 300 ? undefined : new Error(`answered ${status}`);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  };

  const deliver = async (id: string, entry: LogEntry): Promise<void> => {
    for (let tries = 1; ; tries += 1) {
      const stream = findLogStream(getTenant().state, id);
      if (stream === undefined || signal.aborted) return;
      const failure = await attempt(stream, entry);
      if (failure === undefined || signal.aborted) return;
      const { log } = getTenant();
      const named = `log stream ${stream.name ?? id}`;
      if (failure instanceof HostNotMappedError) {
        const to = `${id} ${stream.sink.httpEndpoint}`;
        if (!unreachable.has(to)) log(`${named}: nothing is delivered: ${failure.message}`);
        unreachable.add(to);
        return;
      }
      const pause = retryAfter[(tries - 1) % (retryAfter.length + 1)];
      if (pause === undefined) log(`${named}: ${entry.type} was not delivered: ${failure.message}`);
      await setTimeout(pause ?? restartAfter, undefined, { ref: false, signal }).catch(() => undefined);
    }
  };

  return {
    tell(entry) {
      if (signal.aborted) return;
      for (const { id } of listStreamsFor(getTenant().state, entry)) void deliver(id, entry);
    },
    close: () => closing.abort(),
  };
}
