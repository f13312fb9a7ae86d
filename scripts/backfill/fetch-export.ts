import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { CommandError } from "../command.ts";
import { DownloadFailed } from "../http/download-file.ts";
import { hideSecrets } from "../redaction/hidden-secrets.ts";
import type { ExportJobs } from "./export-jobs.ts";

export interface FetchExportOptions {
  readonly jobs: ExportJobs;
  /** Remembers the job, for whoever comes after a crash. */
  readonly jobFile: string;
  readonly download: (address: string, file: string) => Promise<void>;
  /** Is told how far the job is, in percent, where the tenant says. */
  readonly onWait: (percent: number | undefined) => void;
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

/** Milliseconds between two looks at a job; each is longer than the one before. */
const PAUSE = { first: 300, longest: 5000 };
/** Milliseconds without a sign that a job goes on. */
const LONGEST_IDLE = 60 * 60_000;
const DOWNLOADS = 3;

/**
 * Has the tenant write all its users to a file, and fetches it, compressed by gzip: the one way to more than the 1,000 that a
 * search shows. The address of the file is good for a minute (Auth0 docs, "Bulk user exports"): with each attempt the job gives
 * another.
 *
 * @throws {CommandError} BACKFILL_EXPORT_FAILED, BACKFILL_EXPORT_STUCK, and what the SDK throws
 */
export async function fetchExport(file: string, options: FetchExportOptions): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const address = await waitForExport(options);
    hideSecrets([address]);
    try {
      await options.download(address, file);
      rmSync(options.jobFile);
      return;
    } catch (error) {
      if (!(error instanceof DownloadFailed)) throw error;
      if (attempt === DOWNLOADS) throw exportFailed(`its file could not be fetched: ${error.message}`, error);
    }
  }
}

async function waitForExport({ jobs, jobFile, onWait, wait = sleep }: FetchExportOptions): Promise<string> {
  const begin = async (): Promise<string> => {
    const id = await jobs.create();
    writeFileSync(jobFile, id);
    return id;
  };
  let isFromBefore = existsSync(jobFile);
  let id = isFromBefore ? readFileSync(jobFile, "utf8") : await begin();
  let [sign, idle] = ["", 0];
  for (let pause = PAUSE.first; idle < LONGEST_IDLE; pause = Math.min(PAUSE.longest, pause * 1.5)) {
    const job = await jobs.find(id);
    if (job?.location !== undefined) return job.location;
    if (job?.status === "failed" || job?.status === "completed") {
      rmSync(jobFile);
      throw exportFailed("its job ended without a file");
    }
    if (job === undefined && isFromBefore) {
      id = await begin();
      isFromBefore = false;
    }
    onWait(job?.percent);
    await wait(pause);
    const seen = `${job?.status} ${job?.percent}`;
    idle = seen === sign ? idle + pause : pause;
    sign = seen;
  }
  throw new CommandError(
    "BACKFILL_EXPORT_STUCK",
    `The tenant's export of its users (${id}) has not gone on for an hour. Run this again to go on waiting for it, or make an ` +
      "export yourself and give it with --from.",
  );
}

const exportFailed = (why: string, cause?: unknown): CommandError =>
  new CommandError(
    "BACKFILL_EXPORT_FAILED",
    `The tenant's export of its users: ${why}. Run this again, or make an export yourself and give it with --from.`,
    { cause },
  );
