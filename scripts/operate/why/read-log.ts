import { type ManagementClient, ManagementError } from "auth0";
import { CommandError, usageError } from "../../command.ts";
import { isMapping } from "../../tenant/shape.ts";
import { listExecutionIds } from "./explain-entry.ts";
import { DENIAL_TYPES, SUCCESS_TYPES } from "./log-types.ts";
import { renderQuery, type Subject } from "./subject.ts";

type Fields = Readonly<Record<string, unknown>>;

export interface Found {
  /** The newest first. */
  readonly entries: readonly FoundEntry[];
  /** When the user last logged in, ISO 8601; missing if the log has no such entry or nobody was asked about. */
  readonly lastSuccess?: string;
}

interface FoundEntry {
  readonly entry: Fields;
  /** Undefined for one that is not kept any longer. */
  readonly executions: readonly (Fields | undefined)[];
  /** Statuses of the answers to requests for others; 0 for one without an answer. */
  readonly unread: readonly number[];
}

/** Of a user's logins, which are shown. */
export interface Choice {
  /** The newest so many. */
  readonly limit: number;
  /** Also those that succeeded. */
  readonly all: boolean;
}

/**
 * Reads the entry that was named, or the newest ones of the user that say why there were no tokens, and on request how there were.
 *
 * @throws {CommandError} LOG_ENTRY_UNKNOWN, LOG_SCOPE_MISSING
 */
export async function readLog(management: ManagementClient, subject: Subject, { limit, all }: Choice): Promise<Found> {
  try {
    if (subject.kind === "entry") {
      const entry: unknown = await management.logs.get(subject.logId);
      return { entries: await addExecutions(management, [entry]) };
    }
    const types = all ? [...DENIAL_TYPES, ...SUCCESS_TYPES] : DENIAL_TYPES;
    const [logins, successes] = await Promise.all([
      // A failed Action and the login that failed with it are two entries.
      search(management, renderQuery(subject, types), 2 * limit),
      search(management, renderQuery(subject, SUCCESS_TYPES), 1),
    ]);
    const lastSuccess = successes[0]?.date;
    return {
      entries: await addExecutions(management, dropRepeated(logins).slice(0, limit)),
      ...(typeof lastSuccess === "string" && { lastSuccess }),
    };
  } catch (error) {
    throw explain(error);
  }
}

async function search(management: ManagementClient, query: string, perPage: number): Promise<readonly Fields[]> {
  // The API's parameter is `q`; the SDK, made from a description that has `search` instead, lets it be added.
  const page = await management.logs.list({ sort: "date:-1", per_page: perPage }, { queryParams: { q: query } });
  const rows: readonly unknown[] = page.data;
  return rows.filter(isMapping);
}

/** The entry of the login tells more than that of the Action alone, which names the same run. */
function dropRepeated(entries: readonly Fields[]): readonly Fields[] {
  const runs = new Set(
    entries.filter(({ type }) => type !== "actions_execution_failed").flatMap((entry) => listExecutionIds(entry)),
  );
  return entries.filter(
    (entry) => entry.type !== "actions_execution_failed" || !listExecutionIds(entry).some((id) => runs.has(id)),
  );
}

async function addExecutions(management: ManagementClient, entries: readonly unknown[]): Promise<Found["entries"]> {
  return Promise.all(
    entries.filter(isMapping).map(async (entry) => {
      const runs = await Promise.all(listExecutionIds(entry).map((id) => readExecution(management, id)));
      return {
        entry,
        executions: runs.filter((run) => typeof run !== "number"),
        unread: runs.filter((run) => typeof run === "number"),
      };
    }),
  );
}

/** The entry says the most; what its runs say is left out when it cannot be had. */
async function readExecution(management: ManagementClient, id: string): Promise<Fields | number | undefined> {
  try {
    const execution: unknown = await management.actions.executions.get(id);
    return isMapping(execution) ? execution : undefined;
  } catch (error) {
    if (!(error instanceof ManagementError)) throw error;
    return error.statusCode === 404 ? undefined : (error.statusCode ?? 0);
  }
}

function explain(error: unknown): unknown {
  if (!(error instanceof ManagementError)) return error;
  if (error.statusCode === 404) {
    return new CommandError(
      "LOG_ENTRY_UNKNOWN",
      "The tenant's log has no entry with this id. Auth0 keeps entries for days only: as many as the plan has.",
      { cause: error },
    );
  }
  if (error.statusCode === 403) {
    return usageError(
      "LOG_SCOPE_MISSING",
      "The client in AUTH0_CLIENT_ID may not read the log: grant it read:logs and read:actions.",
      error,
    );
  }
  return error;
}
