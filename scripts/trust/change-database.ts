import { mkdirSync } from "node:fs";
import { CommandError } from "../command.ts";
import { callCertutil, NICKNAME } from "./certutil.ts";
import type { Database } from "./find-databases.ts";
import { findTrusted } from "./find-trusted.ts";

/**
 * Trusts the authority for servers, and no longer one that was there before it.
 *
 * @throws {CommandError} TRUST_TOOL_MISSING; TRUST_NOT_CHANGED
 */
export async function addTo(
  database: Database,
  { ca, caFile }: { readonly ca: string; readonly caFile: string },
): Promise<void> {
  const { folder, isThere } = database;
  if (!isThere) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    await callCertutil(folder, "-N", "--empty-password");
  }
  await removeFrom(database);
  await callCertutil(folder, "-A", "-n", NICKNAME, "-t", "C,,", "-i", caFile);
  if ((await findTrusted(folder)) !== ca.trim()) throw notChanged(database);
}

/**
 * Takes it away again, where it is.
 *
 * @throws {CommandError} TRUST_TOOL_MISSING; TRUST_NOT_CHANGED
 */
export async function removeFrom(database: Database): Promise<void> {
  const { folder } = database;
  if ((await findTrusted(folder)) === undefined) return;
  await callCertutil(folder, "-D", "-n", NICKNAME);
  if ((await findTrusted(folder)) !== undefined) throw notChanged(database);
}

const notChanged = ({ program, folder }: Database): CommandError =>
  new CommandError(
    "TRUST_NOT_CHANGED",
    `The certificates of ${program} in ${folder} could not be changed. Close it and try again; a database with a password is changed in the browser's own settings.`,
  );
