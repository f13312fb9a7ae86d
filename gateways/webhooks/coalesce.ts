/**
 * Runs `work` for one key at a time. Who asks while it runs shares the next run with all others who ask meanwhile: the one
 * that runs may have looked before the change that they heard of.
 */
export function coalesce<T>(work: (key: string, value: T) => Promise<void>): (key: string, value: T) => Promise<void> {
  const running = new Map<string, Promise<void>>();
  const waiting = new Map<string, Promise<void>>();

  const start = (key: string, value: T): Promise<void> => {
    const run = work(key, value).finally(() => {
      if (running.get(key) === run) running.delete(key);
    });
    running.set(key, run);
    return run;
  };

  return (key, value) => {
    const current = running.get(key);
    if (current === undefined) return start(key, value);
    const queued = waiting.get(key);
    if (queued !== undefined) return queued;
    const next = current
      .catch(() => undefined)
      .then(() => {
        waiting.delete(key);
        return start(key, value);
      });
    waiting.set(key, next);
    return next;
  };
}
