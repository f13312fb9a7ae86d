import { createSayOutage } from "./say-outage.ts";
import { DRAW } from "./scripts.ts";

export interface RedisConnection {
  /** Whether it answers in time, and takes what is written. */
  readonly isUp: boolean;
  /** Names this life of the server: what it knew before a restart may be missing its last words. */
  readonly run: string;
  /** Runs a script. Undefined when the answer is not there in time, or is a refusal: then it is not up for a while. */
  call(script: string, key: string, args?: readonly string[]): Promise<unknown>;
  close(): void;
}

export interface RedisConnectionOptions {
  /** `redis://` or `rediss://`, with user and password where it asks for them. */
  readonly url: string;
  /** Key of the numbers that are drawn, by which it is found out whether it can be written to. */
  readonly drawKey: string;
  readonly log: (line: string) => void;
  /** Milliseconds that a request waits for an answer at the most, once: after that nobody does until it has answered in time; 50 without it. */
  readonly timeout?: number | undefined;
}

/** Milliseconds between attempts, doubled up to the longest. */
const REST = { first: 250, longest: 5_000 };
/** Milliseconds that the start waits for it. */
const START = 1_000;

/** Connects in the background, as often as it takes. The package is loaded here and nowhere else. */
export async function openRedisConnection({
  url,
  drawKey,
  log,
  timeout = 50,
}: RedisConnectionOptions): Promise<RedisConnection> {
  const { createClient } = await import("@redis/client");
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: 2_000,
      reconnectStrategy: (retries) => Math.min(REST.first * 2 ** retries, REST.longest),
    },
  });
  let run: string | undefined;
  let rest = REST.first;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  const outage = createSayOutage(log);

  const inTime = async <T>(answer: Promise<T>): Promise<T> => {
    let late: NodeJS.Timeout | undefined;
    try {
      return await Promise.race([
        answer,
        new Promise<never>((_resolve, reject) => {
          // Where it was this process that was busy, the answer is there already: what has come in is looked at first.
          late = setTimeout(() => setImmediate(() => reject(new RedisTooSlow())), timeout);
        }),
      ]);
    } finally {
      clearTimeout(late);
    }
  };
  const evaluate = (script: string, key: string, args: readonly string[]): Promise<unknown> =>
    client.eval(script, { keys: [key], arguments: [...args] });

  const fail = (error: unknown): void => {
    run = undefined;
    if (isClosed) return;
    outage.failed(error);
    clearTimeout(timer);
    timer = setTimeout(() => void probe(), rest);
    timer.unref();
    rest = Math.min(rest * 2, REST.longest);
  };
  /** That it answers is not enough: a replica, a full or a loading one refuses what is written. */
  const probe = async (): Promise<void> => {
    if (!client.isReady || isClosed) return;
    try {
      await inTime(evaluate(DRAW, drawKey, []));
      const found = /^run_id:(\w+)/m.exec(String(await inTime(client.sendCommand(["INFO", "server"]))))?.[1];
      if (found === undefined) throw new RedisWithoutRunId();
      run = found;
      rest = REST.first;
      outage.ended();
    } catch (error) {
      fail(error);
    }
  };

  client.on("error", fail);
  client.on("ready", () => void probe());
  const started = client.connect().then(probe, fail);
  let waited: NodeJS.Timeout | undefined;
  await Promise.race([
    started,
    new Promise<void>((resolve) => {
      waited = setTimeout(resolve, START);
    }),
  ]);
  clearTimeout(waited);
  return {
    get isUp() {
      return run !== undefined;
    },
    get run() {
      return run ?? "";
    },
    async call(script, key, args = []) {
      if (run === undefined) return undefined;
      try {
        return await inTime(evaluate(script, key, args));
      } catch (error) {
        fail(error);
        return undefined;
      }
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
      outage.stop();
      client.destroy();
    },
  };
}

class RedisTooSlow extends Error {
  override readonly name = "TooSlow";
}

/** It has to name its run, or a restart would go unnoticed: a user of it needs the command INFO. */
class RedisWithoutRunId extends Error {
  override readonly name = "NoRunId";
}
