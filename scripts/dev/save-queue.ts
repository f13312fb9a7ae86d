/**
 * Hands saved files on, one save at a time: those that come while one is worked on make the next. Files of a save that failed come
 * again with the next one, for they are not live yet.
 *
 * @param save whether all of it is live now
 */
export function createSaveQueue(save: (changed: ReadonlySet<string>) => Promise<boolean>): {
  add(file: string): void;
  /** Ends with the save that is under way. */
  close(): Promise<void>;
} {
  let waiting = new Set<string>();
  let running: Promise<void> | undefined;
  let isClosed = false;

  async function run(): Promise<void> {
    let failed = new Set<string>();
    while (waiting.size > 0 && !isClosed) {
      const changed = new Set([...failed, ...waiting]);
      waiting = new Set();
      failed = (await save(changed)) ? new Set() : changed;
    }
    unsaved = failed;
    running = undefined;
  }
  let unsaved = new Set<string>();

  return {
    add(file) {
      waiting.add(file);
      if (running !== undefined) return;
      for (const one of unsaved) waiting.add(one);
      running = run();
    },
    async close() {
      isClosed = true;
      await running;
    },
  };
}
