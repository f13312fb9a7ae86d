import { existsSync, renameSync } from "node:fs";
import { open } from "node:fs/promises";
import { CommandError } from "../command.ts";
import { isMapping } from "../tenant/shape.ts";
import type { Users } from "./users.ts";

/** A search goes no further than its first 1,000 (Auth0 docs, "View search results by page"): 10 pages of 100. */
const PAGES = 10;

/**
 * Writes all users to a file in the form of an export, oldest first, unless it is there already: an earlier run goes on with the one
 * that it began with. The search is asked again from where its first 1,000 end.
 *
 * @param onSaved is told how many there are by now
 * @throws {CommandError} BACKFILL_SEARCH_LIMIT, and what the SDK throws; then no file is left
 */
export async function saveUsers(file: string, users: Users, onSaved: (count: number) => void): Promise<void> {
  if (existsSync(file)) return;
  const draft = `${file}.part`;
  const handle = await open(draft, "w", 0o600);
  try {
    let count = 0;
    for await (const user of listAll(users)) {
      await handle.write(`${JSON.stringify(user)}\n`);
      count += 1;
      onSaved(count);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  renameSync(draft, file);
}

async function* listAll(users: Users): AsyncGenerator<unknown> {
  let since: string | undefined;
  /** Those created in the very moment at which the search begins again: they come twice. */
  let seen = new Set<string>();
  for (;;) {
    const before = since;
    let count = 0;
    for (let page = 0; page < PAGES; page += 1) {
      const rows = await users.list(before, page);
      for (const row of rows) {
        const { id, createdAt } = readKey(row);
        if (seen.has(id)) continue;
        if (createdAt !== since) seen = new Set();
        since = createdAt;
        seen.add(id);
        yield row;
      }
      count += rows.length;
      if (rows.length < 100) return;
    }
    if (since === before && count >= PAGES * 100) throw tooMany(since);
  }
}

function readKey(row: unknown): { id: string; createdAt: string } {
  if (isMapping(row) && typeof row.user_id === "string" && typeof row.created_at === "string") {
    return { id: row.user_id, createdAt: row.created_at };
  }
  throw new CommandError("TENANT_UNREADABLE", "The tenant listed a user without user_id or created_at. Try again.");
}

const tooMany = (since: string | undefined): CommandError =>
  new CommandError(
    "BACKFILL_SEARCH_LIMIT",
    `A thousand users or more were created at ${since}, and a search shows no further. Make an export of the users, and give it with --from.`,
  );
