import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { MeteringLocked } from "../../gateways/metering/errors.ts";
import { type Lock, takeLock } from "../../gateways/metering/lock.ts";
import { CommandError, EXIT } from "../command.ts";
import { isMapping } from "../tenant/shape.ts";
import { confirmOnTerminal } from "../terminal/confirm.ts";
import { applyUser, planUser } from "./backfill-user.ts";
import { explainFailure } from "./explain-failure.ts";
import type { BackfillAccess } from "./open-backfill.ts";
import type { Tally } from "./outcome.ts";
import { createPace } from "./pace.ts";
import { type Attention, openProgressJournal, readAttention } from "./progress-journal.ts";
import { createProgressLine } from "./progress-line.ts";
import { digestExport, readExport } from "./read-export.ts";
import { type Report, renderReport, renderReportJson } from "./render-report.ts";
import { saveUsers } from "./save-users.ts";
import { workThrough } from "./work-through.ts";

export interface RunBackfillOptions {
  readonly access: BackfillAccess;
  /** For what has to outlast this process. */
  readonly directory: string;
  /** An export of the users; without it they are read from the tenant. */
  readonly from: string | undefined;
  readonly apply: boolean;
  readonly yes: boolean;
  readonly json: boolean;
  /** Requests a second. */
  readonly stripeRate: number;
  readonly print: (text: string) => void;
}

/** Of those who need a person. */
const SHOWN = 20;
/** Users. Twice the rate lets nobody's time run out while they wait; fifty keep up 100 a second where a user takes a second in all. */
const MOST_AT_ONCE = 50;

/**
 * Plans what the users from before would get, or gives it to them.
 *
 * @returns the exit code
 * @throws {CommandError} BACKFILL_RUNNING, BACKFILL_EXPORT_UNREADABLE, BACKFILL_SEARCH_LIMIT, BACKFILL_STOPPED, CONFIRMATION_NEEDED,
 * BACKFILL_SCOPE_MISSING, CONFIGURATION_REFUSED of the Action's settings
 */
export async function runBackfill(options: RunBackfillOptions): Promise<number> {
  const { access, directory, apply, yes, json, print } = options;
  if (apply && access.isLive && !yes && !(await confirmOnTerminal("Make customers in the live account?"))) {
    return EXIT.changes;
  }
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const lock = takeBackfillLock(join(directory, "lock"));
  try {
    const report = await work(options).catch((error: unknown) => {
      throw explainFailure(error);
    });
    print(json ? renderReportJson(report) : renderReport(report));
    if (report.left > 0) return EXIT.failure;
    return !apply && isDue(report.tally) ? EXIT.changes : EXIT.success;
  } finally {
    lock.release();
  }
}

async function work({ access, directory, from, apply, stripeRate }: RunBackfillOptions): Promise<Report> {
  const { domain, users, stripe, secrets } = access;
  const saved = join(directory, "users.ndjson");
  const file = from ?? saved;
  if (from === undefined) {
    const reading = createProgressLine(process.stderr, { total: 0, from: 0 });
    await saveUsers(saved, users, reading.show);
    reading.end();
  }
  const source = `${apply ? "apply" : "plan"} ${domain} ${await digestExport(file)}`;
  const journalFile = join(directory, apply ? "apply.jsonl" : "plan.jsonl");
  const total = await countUsers(file);
  const journal = await openProgressJournal(journalFile, source);
  let done = sum(journal.tally);
  const line = createProgressLine(process.stderr, { total, from: done });
  const context = { stripe, users, secrets, pace: createPace(stripeRate, { isRefusal: isRateLimit }) };
  const { left } = await workThrough({
    lines: readExport(file),
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
  const tally = { ...journal.tally };
  const shown = `${journalFile}.done`;
  const isComplete = left === 0;
  if (isComplete) {
    // The next run looks at everybody anew.
    renameSync(journalFile, shown);
    rmSync(saved, { force: true });
  }
  const report = isComplete ? shown : journalFile;
  return { domain, isApplied: apply, users: total, tally, left, attention: await readFirst(report), file: report };
}

async function countUsers(file: string): Promise<number> {
  let count = 0;
  for await (const _ of readExport(file)) count += 1;
  return count;
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

const isDue = ({ created, found, adopted }: Tally): boolean => created + found + adopted > 0;

function takeBackfillLock(file: string): Lock {
  try {
    return takeLock(file);
  } catch (cause) {
    if (!(cause instanceof MeteringLocked)) throw cause;
    throw new CommandError(
      "BACKFILL_RUNNING",
      `Another backfill of this tenant is under way here. Wait for it: ${file}`,
      {
        cause,
      },
    );
  }
}
