import { renameSync } from "node:fs";
import { join } from "node:path";
import { isMapping } from "../tenant/shape.ts";
import { applyUser, planUser } from "./backfill-user.ts";
import type { BackfillAccess } from "./open-backfill.ts";
import type { Tally } from "./outcome.ts";
import { createPace } from "./pace.ts";
import { type Attention, openProgressJournal, readAttention } from "./progress-journal.ts";
import { createProgressLine } from "./progress-line.ts";
import { readExport } from "./read-export.ts";
import type { Report } from "./render-report.ts";
import { openUserSource } from "./user-source.ts";
import { workThrough } from "./work-through.ts";

export interface PassOptions {
  readonly access: BackfillAccess;
  /** For what has to outlast this process. */
  readonly directory: string;
  /** An export of the users; without it the tenant makes one. */
  readonly from: string | undefined;
  readonly apply: boolean;
  /** Requests a second. */
  readonly stripeRate: number;
}

/** Of those who need a person. */
const SHOWN = 20;
/** Users. Twice the rate lets nobody's time run out while they wait; fifty keep up 100 a second where a user takes a second in all. */
const MOST_AT_ONCE = 50;

/** Goes through all users, or on from where an earlier pass was ended. When nobody is left, the next begins anew. */
export async function runPass({ access, directory, from, apply, stripeRate }: PassOptions): Promise<Report> {
  const { domain, users, stripe, secrets } = access;
  const source = await openUserSource({ from, directory, ...access });
  const file = join(directory, apply ? "apply.jsonl" : "plan.jsonl");
  const journal = await openProgressJournal(file, `${apply ? "apply" : "plan"} ${domain} ${source.digest}`);
  let done = sum(journal.tally);
  const line = createProgressLine(process.stderr, { total: source.total, from: done });
  const context = { stripe, users, secrets, pace: createPace(stripeRate, { isRefusal: isRateLimit }) };
  const { left } = await workThrough({
    lines: readExport(source.file),
    journal,
    handle: (user) => (apply ? applyUser(user, context) : planUser(user, context)),
    atOnce: Math.min(MOST_AT_ONCE, 2 * stripeRate),
    onDone: () => {
      done += 1;
      line.show(done);
    },
  }).finally(async () => {
    line.end();
    await journal.close();
  });
  const kept = left === 0 ? `${file}.done` : file;
  if (left === 0) {
    renameSync(file, kept);
    source.dispose();
  }
  const attention = await readFirst(kept);
  return { domain, isApplied: apply, users: source.total, tally: journal.tally, left, attention, file: kept };
}

async function readFirst(file: string): Promise<readonly Attention[]> {
  const first: Attention[] = [];
  for await (const attention of readAttention(file)) {
    first.push(attention);
    if (first.length === SHOWN) break;
  }
  return first;
}

/** Also where an object is locked Stripe answers 429: that is not about the rate. */
const isRateLimit = (error: unknown): boolean =>
  isMapping(error) && error.statusCode === 429 && error.code !== "lock_timeout";

const sum = (tally: Tally): number => Object.values(tally).reduce((total, count) => total + count, 0);
