import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import type { PortalUser } from "../../gateways/billing-portal/users.ts";
import { type CommandError, usageError } from "../command.ts";
import { LineTooLong, readLines, readPieces } from "./read-lines.ts";
import { parseUser } from "./user.ts";

export interface Line {
  /** From 0; the same for the same line of the same file. */
  readonly position: number;
  readonly user: PortalUser;
}

/**
 * The users of an export of Auth0's (NDJSON, also compressed by gzip), one at a time: never more of the file than a line is held.
 *
 * @throws {CommandError} BACKFILL_EXPORT_UNREADABLE, naming the line
 */
export async function* readExport(file: string): AsyncGenerator<Line> {
  let position = 0;
  let number = 0;
  try {
    const pieces = (await isCompressed(file))
      ? pipeline(createReadStream(file), createGunzip(), () => {})
      : readPieces(file);
    for await (const lines of readLines(pieces)) {
      for (const line of lines) {
        number += 1;
        if (line.trim() === "") continue;
        const user = parseUser(parseJson(line));
        if (user === undefined) throw unreadable(file, `line ${number} is not a user as JSON with a user_id`);
        yield { position, user };
        position += 1;
      }
    }
  } catch (error) {
    if (error instanceof LineTooLong) throw unreadable(file, `line ${number + 1} does not end`, error);
    if (!isSystemError(error)) throw error;
    throw unreadable(file, `it ends in the middle, or is damaged (${error.code})`, error);
  }
}

/** @throws {CommandError} as readExport */
export async function countUsers(file: string): Promise<number> {
  let count = 0;
  for await (const _ of readExport(file)) count += 1;
  return count;
}

/** Says whether it is still the same file. @throws {CommandError} BACKFILL_EXPORT_UNREADABLE */
export async function digestExport(file: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const piece of readPieces(file)) hash.update(piece);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw unreadable(file, `it cannot be read (${error.code})`, error);
  }
  return hash.digest("hex");
}

/** By its first two bytes (RFC 1952 §2.3.1), whatever its name. */
async function isCompressed(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.readUInt16BE() === 0x1f8b;
  } finally {
    await handle.close();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const unreadable = (file: string, why: string, cause?: unknown): CommandError =>
  usageError(
    "BACKFILL_EXPORT_UNREADABLE",
    `${file}: ${why}. Give an export of users as JSON, whole: a user on each line, or the same compressed by gzip.`,
    cause,
  );

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && "code" in error && typeof error.code === "string" && error.name === "Error";
