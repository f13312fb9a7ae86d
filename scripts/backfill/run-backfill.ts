import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { EXIT } from "../command.ts";
import { confirmOnTerminal } from "../terminal/confirm.ts";
import { explainFailure } from "./explain-failure.ts";
import { takeBackfillLock } from "./lock.ts";
import type { Tally } from "./outcome.ts";
import { renderReport, renderReportJson } from "./render-report.ts";
import { type PassOptions, runPass } from "./run-pass.ts";

export interface RunBackfillOptions extends PassOptions {
  readonly yes: boolean;
  readonly json: boolean;
  readonly print: (text: string) => void;
}

/**
 * Plans what the users from before would get, or gives it to them.
 *
 * @returns the exit code
 * @throws {CommandError} BACKFILL_RUNNING, BACKFILL_EXPORT_UNREADABLE, BACKFILL_EXPORT_FAILED, BACKFILL_STOPPED, CONFIRMATION_NEEDED,
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
    const report = await runPass(options).catch((error: unknown) => {
      throw explainFailure(error);
    });
    print(json ? renderReportJson(report) : renderReport(report));
    if (report.left > 0) return EXIT.failure;
    return !apply && isDue(report.tally) ? EXIT.changes : EXIT.success;
  } finally {
    lock.release();
  }
}

const isDue = ({ created, found, adopted }: Tally): boolean => created + found + adopted > 0;
