/** Milliseconds. More than two readings of the machine's two clocks ever differ by without one of them being set or standing still. */
const NOTICED = 1_000;

/**
 * A clock for durations, in milliseconds: it never goes back. A clock of the machine that is set back changes nothing. One that is
 * set ahead counts as time that has passed, for a machine that sleeps, or a function that is frozen, looks the same: what is
 * known is rather taken for too old than for too new.
 */
export function createSteadyClock(
  wall: () => number = () => Date.now(),
  running: () => number = () => performance.now(),
): () => number {
  let [wallAt, runningAt] = [wall(), running()];
  let offset = wallAt - runningAt;
  return () => {
    const [wallNow, runningNow] = [wall(), running()];
    const ahead = wallNow - wallAt - (runningNow - runningAt);
    if (ahead > NOTICED) offset += ahead;
    [wallAt, runningAt] = [wallNow, runningNow];
    return runningNow + offset;
  };
}
