/**
 * Runs `work` for one key at a time. Who asks while it runs shares the next run with all others who ask meanwhile: the one
 * that runs may have looked before the change that they heard of.
 *
 * @param merge what the next run is given when several ask for it: nothing that one of them knew may be lost
 */
export function coalesce<T>(
  work: (key: string, value: T) => Promise<void>,
  merge: (queued: T, value: T) => T,
): (key: string, value: T) => Promise<void> {
  const running = new Map<string, Promise<void>>();
  const waiting = new Map<string, { value: T; readonly run: Promise<void> }>();

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
    if (queued !== undefined) {
      queued.value = merge(queued.value, value);
      return queued.run;
    }
    const run: Promise<void> = current
      .catch(() => undefined)
      .then(() => {
        const last = next.value;
        waiting.delete(key);
        return start(key, last);
      });
    const next: { value: T; readonly run: Promise<void> } = { value, run };
    waiting.set(key, next);
    return run;
  };
}
