import { Unsettled } from "./failure.ts";

/** Times in milliseconds. */
export interface TimeLimits {
  /** For Stripe in one login. All Actions of a login share 20 s (Auth0 docs, "Actions limitations"). */
  total: number;
  /** For one call, from its start to the last byte of its answer. */
  call: number;
  /** Between a call that failed and the next look. */
  pause: number;
}

export interface Deadline {
  /** Counts a call. For the SDK: how long it may take, in whole milliseconds. @throws {Unsettled} when no time is left */
  startCall(): { timeout: number };
  /** Waits before the next look, with some chance in it so that two logins do not meet again and again. */
  pause(): Promise<void>;
  /** For the log: `2 calls, 31 ms`. */
  render(): string;
}

export function startDeadline(limits: TimeLimits): Deadline {
  const start = performance.now();
  const spent = () => performance.now() - start;
  const left = () => limits.total - spent();
  let calls = 0;
  return {
    startCall() {
      // The SDK reads 0 as its own default of 80 s.
      const timeout = Math.floor(Math.min(limits.call, left()));
      if (timeout < 1) throw new Unsettled("out of time");
      calls += 1;
      return { timeout };
    },
    pause: () =>
      new Promise((resolve) => {
        setTimeout(resolve, Math.max(0, Math.min(limits.pause * (0.5 + Math.random()), left())));
      }),
    render: () => `${calls} call${calls === 1 ? "" : "s"}, ${Math.round(spent())} ms`,
  };
}
