/** Says that Redis cannot be used, and why: once for an outage, and the same reason once an hour at most. */
export interface SayOutage {
  failed(error: unknown): void;
  ended(): void;
  /** Says nothing any more. */
  stop(): void;
}

/** Milliseconds that an outage lasts before it is said: what is wrong at first, such as a connection that ends, is seldom the reason. */
const LASTING = 1_000;
const HOUR = 60 * 60_000;

export function createSayOutage(log: (line: string) => void): SayOutage {
  const saidAt = new Map<string, number>();
  let reason = "";
  let timer: NodeJS.Timeout | undefined;
  let isSaid = false;

  const say = (): void => {
    const now = performance.now();
    if (now - (saidAt.get(reason) ?? Number.NEGATIVE_INFINITY) < HOUR) return;
    saidAt.set(reason, now);
    isSaid = true;
    log(
      `redis: not usable (${reason}): this process goes by what it knows itself until it is. Look at GATEWAY_REDIS_URL.`,
    );
  };
  return {
    failed(error) {
      reason = describeRedisFailure(error);
      if (timer !== undefined) return;
      timer = setTimeout(say, LASTING);
      timer.unref();
    },
    ended() {
      clearTimeout(timer);
      timer = undefined;
      if (isSaid) log("redis: usable again");
      isSaid = false;
    },
    stop: () => clearTimeout(timer),
  };
}

/** Redis' word for it (`NOAUTH`, `READONLY`, `OOM`), or Node's. Never the message, which may quote a key or an address with a password. */
function describeRedisFailure(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const word = /^[A-Z]{2,20}(?= )/.exec(error.message)?.[0];
  const { code } = error as { code?: unknown };
  return word ?? (typeof code === "string" && /^[A-Z_]{2,40}$/.test(code) ? code : error.name);
}
