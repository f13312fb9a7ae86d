import type { User } from "./directory.ts";
import type { Ledger } from "./ledger.ts";

/** What a request of somebody comes to. */
export type Outcome = "let in" | "refused" | "not known";

export interface Findings {
  readonly requests: number;
  /** Requests of people who had paid, refused later than allowed. */
  readonly refusedPayers: number;
  /** Requests of people who did not pay, let in later than allowed. */
  readonly guests: number;
  /** Requests of people who did not pay any more, let in as the documentation says. */
  readonly graces: number;
  /** Seconds after which the last request of somebody who had paid was refused. */
  readonly longestRefused: number;
  /** Hours after which the last request of somebody who did not pay any more was let in. */
  readonly longestGuest: number;
}

export interface JudgeOptions {
  readonly ledger: Ledger;
  readonly now: () => number;
  /** When Stripe last came back; undefined: it is down. */
  readonly wellSince: () => number | undefined;
  /** Is told who was answered wrongly. */
  readonly onWrong: (line: string) => void;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Of the documentation: what was paid is read again once a day, and used for five minutes more while it is read. */
const GRACE = DAY + 5 * MINUTE;

export interface Judge {
  /** To be told before each request and after each change. */
  look(user: User): void;
  /** To be told that a webhook about the customer was acted on. */
  heard(customer: string): void;
  judge(user: User, outcome: Outcome): void;
  readonly findings: Findings;
}

/** Holds every answer against who pays in truth, and for how long. */
export function createJudge({ ledger, now, wellSince, onWrong }: JudgeOptions): Judge {
  const paysSince = new Map<string, number>();
  const unpaidSince = new Map<number, number>();
  const heardAt = new Map<string, number>();
  const findings = { requests: 0, refusedPayers: 0, guests: 0, graces: 0, longestRefused: 0, longestGuest: 0 };

  const look: Judge["look"] = (user) => {
    if (!ledger.pays(user)) paysSince.delete(user.id);
    else if (!paysSince.has(user.id)) paysSince.set(user.id, now());
    if (ledger.doesPersonPay(user.person)) unpaidSince.set(user.person, Number.POSITIVE_INFINITY);
    else if (unpaidSince.get(user.person) === Number.POSITIVE_INFINITY) unpaidSince.set(user.person, now());
  };
  const say = ({ person, id }: User, what: string): void =>
    onWrong(`${new Date(now()).toISOString()}, person ${person} as ${id}: ${what}`);
  const judgeRefused = (user: User): void => {
    const since = paysSince.get(user.id);
    const well = wellSince();
    if (since === undefined || well === undefined) return;
    const late = now() - Math.max(since, well);
    findings.longestRefused = Math.max(findings.longestRefused, late / 1000);
    if (late <= MINUTE) return;
    findings.refusedPayers += 1;
    say(user, `refused ${Math.round(late / 1000)} s after it was due`);
  };
  const judgeGuest = (user: User): void => {
    if (ledger.doesPersonPay(user.person)) return;
    // Who never paid has no grace.
    const since = unpaidSince.get(user.person) ?? Number.NEGATIVE_INFINITY;
    const ended = ledger.listEnded(user.person).map(({ customer, endedAt }) => {
      const heard = heardAt.get(customer) ?? 0;
      return heard >= endedAt ? heard + MINUTE : endedAt + GRACE;
    });
    const end = Math.max(since, ...ended);
    const well = wellSince();
    // Of the documentation: what is known is used for a day more while Stripe does not answer.
    const isLate = now() > (well === undefined ? end + DAY : Math.max(end, Math.min(well + MINUTE, end + DAY)));
    findings.longestGuest = Math.max(findings.longestGuest, (now() - since) / HOUR);
    findings[isLate ? "guests" : "graces"] += 1;
    if (isLate) say(user, `let in ${((now() - end) / HOUR).toFixed(2)} h after the end of the grace`);
  };
  return {
    look,
    heard: (customer) => void heardAt.set(customer, now()),
    judge(user, outcome) {
      look(user);
      findings.requests += 1;
      if (outcome === "let in") judgeGuest(user);
      else judgeRefused(user);
    },
    findings,
  };
}
