import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createStatusLine } from "../terminal/status-line.ts";
import type { ExportJobs } from "./export-jobs.ts";
import { fetchExport } from "./fetch-export.ts";
import { countUsers, digestExport } from "./read-export.ts";

export interface UserSource {
  /** An export of users. */
  readonly file: string;
  readonly total: number;
  /** Says whether it is still the same file. */
  readonly digest: string;
  /** Deletes what was fetched for this: it has addresses. */
  dispose(): void;
}

export interface UserSourceOptions {
  /** An export that a person has; without it the tenant makes one. */
  readonly from: string | undefined;
  /** For what has to outlast this process. */
  readonly directory: string;
  readonly exportJobs: ExportJobs;
  readonly download: (address: string, file: string) => Promise<void>;
}

/**
 * The users to go through. After a crash it is the export that the earlier run went through.
 *
 * @throws {CommandError} BACKFILL_EXPORT_UNREADABLE, those of fetchExport, and what Auth0's SDK throws
 */
export async function openUserSource({ from, directory, ...tenant }: UserSourceOptions): Promise<UserSource> {
  const fetched = join(directory, "users.json.gz");
  if (from === undefined && !existsSync(fetched)) await fetchWhole(fetched, tenant);
  const file = from ?? fetched;
  return {
    file,
    total: await countUsers(file),
    digest: await digestExport(file),
    dispose: () => rmSync(fetched, { force: true }),
  };
}

/** In its place only when all of it can be read. */
async function fetchWhole(
  file: string,
  { exportJobs: jobs, download }: Pick<UserSourceOptions, "exportJobs" | "download">,
): Promise<void> {
  const draft = `${file}.part`;
  const line = createStatusLine(process.stderr);
  const onWait = (percent: number | undefined): void =>
    line.show(() => `the tenant exports its users${percent === undefined ? "" : `: ${percent} %`}`);
  try {
    await fetchExport(draft, { jobs, jobFile: `${file}.job`, download, onWait });
    await countUsers(draft);
    renameSync(draft, file);
  } finally {
    line.end();
    rmSync(draft, { force: true });
  }
}
