import type { Faults } from "../../local/stripe/faults.ts";
import type { Random } from "../soak/random.ts";
import type { Schedule } from "./schedule.ts";

/** Hours in which Stripe answers nothing and sends nothing. */
export interface Outages {
  /** Milliseconds since the epoch; undefined: it is down. */
  readonly wellSince: number | undefined;
  /** Milliseconds; 0: it is well. */
  readonly lastsFor: number;
}

const HOUR = 60 * 60_000;

/** @param within milliseconds, in which they begin */
export function planOutages(
  { schedule, faults, random }: { readonly schedule: Schedule; readonly faults: Faults; readonly random: Random },
  { count, within }: { readonly count: number; readonly within: number },
): Outages {
  let wellSince: number | undefined = schedule.now();
  let until = 0;
  for (let one = 0; one < count; one += 1) {
    schedule.after(random.below(within), async () => {
      wellSince = undefined;
      until = schedule.now() + HOUR;
      faults.add({ kind: random.pick(["500-unstored", "reset-before", "html-502"]), times: 1_000_000_000 });
      schedule.after(HOUR, async () => {
        if (schedule.now() < until) return;
        faults.clear();
        wellSince = schedule.now();
      });
    });
  }
  return {
    get wellSince() {
      return wellSince;
    },
    get lastsFor() {
      return wellSince === undefined ? until - schedule.now() : 0;
    },
  };
}
