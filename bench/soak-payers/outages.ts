import type { Faults } from "../../local/stripe/faults.ts";
import type { Random } from "../soak/random.ts";
import type { Schedule } from "./schedule.ts";

/** Hours in which Stripe answers nothing and sends nothing. */
export interface Outages {
  /** Milliseconds since the epoch; undefined: it is down. */
  readonly wellSince: number | undefined;
  /** Milliseconds; 0: it is well. */
  readonly lastsFor: number;
  /** Whether webhooks that are sent now never arrive: for hours before each outage, and in it. */
  readonly losesWebhooks: boolean;
  /** Milliseconds until the next time that they do not; 0: there is none left. */
  readonly untilLoss: number;
}

const HOUR = 60 * 60_000;
/** Milliseconds before an outage from which on webhooks are lost. */
const LOSS_LASTS = 6 * HOUR;

export interface OutagesOptions {
  readonly schedule: Schedule;
  readonly faults: Faults;
  readonly random: Random;
  readonly count: number;
  /** Milliseconds, in which they begin. */
  readonly within: number;
  readonly onEnd: () => void;
}

export function planOutages({ schedule, faults, random, count, within, onEnd }: OutagesOptions): Outages {
  const { now } = schedule;
  let wellSince: number | undefined = now();
  let until = 0;
  const begins = Array.from({ length: count }, () => now() + LOSS_LASTS + random.below(within - LOSS_LASTS));
  for (const at of begins) {
    schedule.after(at - now(), async () => {
      wellSince = undefined;
      until = now() + HOUR;
      faults.add({ kind: random.pick(["500-unstored", "reset-before", "html-502"]), times: 1_000_000_000 });
      schedule.after(HOUR, async () => {
        if (now() < until) return;
        faults.clear();
        wellSince = now();
        onEnd();
      });
    });
  }
  return {
    get wellSince() {
      return wellSince;
    },
    get lastsFor() {
      return wellSince === undefined ? until - now() : 0;
    },
    get losesWebhooks() {
      return wellSince === undefined || begins.some((at) => at - LOSS_LASTS <= now() && now() < at);
    },
    get untilLoss() {
      const left = begins.map((at) => at - LOSS_LASTS - now()).filter((until) => until > 0);
      return left.length === 0 ? 0 : Math.min(...left);
    },
  };
}
