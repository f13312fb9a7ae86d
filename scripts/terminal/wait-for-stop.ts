/** Resolves on SIGINT or SIGTERM. Listens from its call on, so that a signal during a start is not lost. */
export function waitForStop(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve()).once("SIGTERM", () => resolve());
  });
}
