import { dropUndefined, type Fields, readText, toFields } from "./fields.ts";
import { describeType } from "./log-types.ts";
import { type ExplainedAction, readFailedAction, readResults } from "./read-actions.ts";

export interface Explanation {
  readonly logId: string;
  /** ISO 8601 */
  readonly date: string;
  readonly type: string;
  /** The type in words. */
  readonly what: string;
  readonly reason?: string;
  readonly client?: string;
  readonly connection?: string;
  readonly organization?: string;
  readonly userId?: string;
  /** In the order in which they ran. */
  readonly actions: readonly ExplainedAction[];
  /** What could not be found out, and why. */
  readonly notes: readonly string[];
}

/** Ids of the Actions' runs that an entry of the log names. */
export function listExecutionIds(entry: Fields): readonly string[] {
  const details = toFields(entry.details);
  const listed = toFields(details.actions).executions;
  return [...(Array.isArray(listed) ? listed : []), details.execution_id].flatMap((id) => readText(id) ?? []);
}

/**
 * Pure. Puts together what the tenant's log, and the runs that it names, say about one login. Entries of a real tenant and
 * of the local one differ in what they have, and every field may be missing.
 *
 * @param executions answers of `GET /actions/executions/{id}`; undefined for one that is not kept any longer
 * @param mask applied to every text that comes from the tenant
 */
export function explainEntry(
  entry: Fields,
  executions: readonly (Fields | undefined)[],
  mask: (text: string) => string,
): Explanation {
  const details = toFields(entry.details);
  const type = readText(entry.type) ?? "";
  const text = (...values: readonly unknown[]) => {
    const found = values.map(readText).find((value) => value !== undefined);
    return found === undefined ? undefined : mask(found);
  };
  const optional = {
    reason: text(
      entry.description,
      toFields(details.error).message,
      details.error_description,
      toFields(details.action_error).message,
      details.error,
    ),
    client: text(entry.client_name, entry.client_id),
    connection: text(entry.connection),
    organization: text(entry.organization_name, entry.organization_id),
    userId: text(entry.user_id),
  };
  const actions = joinActions(
    executions.flatMap((execution) => readResults(execution?.results)),
    [...readResults(toFields(details.actions).results), ...readFailedAction(details)],
  );
  return {
    logId: readText(entry.log_id) ?? readText(entry._id) ?? "",
    date: readText(entry.date) ?? "",
    type,
    what: describeType(type),
    ...dropUndefined(optional),
    actions: actions.map(({ name, output, error, ...action }) => ({
      ...action,
      name: mask(name),
      ...dropUndefined({ output: text(output), error: text(error) }),
    })),
    notes: describeGaps(executions, actions),
  };
}

/**
 * Runs have all Actions, those from before a redirect too; the entry knows more about the last of them. Each of the
 * entry's goes to the newest run of its name.
 */
function joinActions(
  runs: readonly ExplainedAction[],
  described: readonly ExplainedAction[],
): readonly ExplainedAction[] {
  if (runs.length === 0) return described;
  const rest = [...described];
  return runs
    .toReversed()
    .map((run) => {
      const index = rest.findLastIndex(({ name }) => name === run.name);
      return index === -1 ? run : { ...run, ...rest.splice(index, 1)[0] };
    })
    .toReversed();
}

function describeGaps(
  executions: readonly (Fields | undefined)[],
  actions: readonly ExplainedAction[],
): readonly string[] {
  const isLost = executions.includes(undefined);
  const isSilent =
    actions.length > 0 && actions.every(({ effect, error }) => effect === undefined && error === undefined);
  return [
    ...(isLost ? ["The tenant does not keep this run of the Actions any longer (Auth0: 10 days)."] : []),
    ...(isSilent
      ? ["The tenant does not say which Action denied it. If one did, it is the last: after a denial no other runs."]
      : []),
  ];
}
