import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import makeLocalKeys from "../support/make-local-keys.ts";

/** One deploy, and how it ended. */
export interface Row {
  /** `sweep`, `for good`, ...: a table of its own each. */
  readonly table: string;
  readonly request: string;
  readonly fault: string;
  readonly outcome: string;
}

/** The suites run in several processes; their rows meet in this folder. */
const FOLDER = "FAULT_ROWS";

export default async function prepare(): Promise<void> {
  process.env[FOLDER] = mkdtempSync(join(tmpdir(), "faults-"));
  await makeLocalKeys();
}

export function recordRows(rows: readonly Row[]): void {
  const file = `${process.pid}-${performance.now()}.json`;
  writeFileSync(join(process.env[FOLDER] ?? tmpdir(), file), JSON.stringify(rows));
}

export function readRows(): readonly Row[] {
  const folder = process.env[FOLDER] ?? "";
  return readdirSync(folder).flatMap((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Row[]);
}

export function rowsFolder(): string {
  return process.env[FOLDER] ?? "";
}
