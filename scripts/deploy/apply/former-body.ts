import { isMapping } from "../../tenant/shape.ts";
import type { WrittenRequest } from "../cli/messages.ts";
import { compareFields, listChangedPaths } from "../compare/compare-fields.ts";
import type { Fields } from "../kinds/live-record.ts";

/** What a GET answered, in the form in which it is written: an answer that is not an object stands in `value`. */
export function toWritten({ path, body }: Pick<WrittenRequest, "path" | "body">, answer: unknown): Fields | undefined {
  if (answer === undefined) return undefined;
  const factor = /^\/guardian\/factors\/([^/]+)$/.exec(path)?.[1];
  if (factor !== undefined) {
    const found = (Array.isArray(answer) ? answer : []).filter(isMapping).find(({ name }) => name === factor);
    return { enabled: found?.enabled };
  }
  if (path === "/branding/templates/universal-login" && isMapping(answer)) return { template: answer.body };
  if (/^\/connections\/[^/]+\/clients$/.test(path) && isMapping(answer)) return { value: listSwitches(body, answer) };
  return isMapping(answer) ? answer : { value: answer };
}

/** A body that is not an object stands in `value`, too. */
export const fieldsOf = (body: unknown): Fields => (isMapping(body) ? body : { value: body });
const bodyOf = (fields: Fields, like: unknown): unknown => (isMapping(like) ? fields : fields.value);

/** What is written is switches, what is read is the list of those that are on. */
function listSwitches(body: unknown, { clients }: Fields): readonly Fields[] {
  const enabled = new Set((Array.isArray(clients) ? clients : []).filter(isMapping).map(({ client_id }) => client_id));
  return (Array.isArray(body) ? body : [])
    .filter(isMapping)
    .map(({ client_id }) => ({ client_id, status: enabled.has(client_id) }));
}

/** The fields in which what a request wrote differs from what was there before it. What Auth0 does not return is not compared. */
export function listDifferences(
  { method, body }: Pick<WrittenRequest, "method" | "body">,
  before: Fields,
  now: Fields,
) {
  const names = new Set(method === "PUT" ? Object.keys({ ...before, ...now }) : Object.keys(fieldsOf(body)));
  const pick = (fields: Fields): Fields =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => names.has(name) && !DATES.has(name)));
  return listChangedPaths(pick(before), pick(now));
}
const DATES: ReadonlySet<string> = new Set(["created_at", "updated_at"]);

/** Whether all that can be seen of these fields is in the tenant. */
export function isAsWritten(fields: Fields, present: Fields): boolean {
  return compareFields(fields, present).every(({ before }) => before === undefined);
}

interface Attempt {
  /** What is sent for a field that was not there before; undefined leaves it out. */
  valueOfAbsent(written: unknown, depth: number): unknown;
  /** Of an object, only the fields that were written are sent, not all that it had. */
  readonly onlyWritten?: true;
}

/**
 * In the order in which they are tried, the next when Auth0 refuses one or keeps what was added: most objects inside a body are
 * replaced; some are merged, where null removes a field; a few fields can only be emptied; and some objects hold fields that Auth0
 * answers and does not take.
 */
export const ATTEMPTS: readonly Attempt[] = [
  { valueOfAbsent: (_, depth) => (depth === 0 ? null : undefined) },
  { valueOfAbsent: () => null },
  { valueOfAbsent: (written, depth) => (depth === 0 ? emptyLike(written) : undefined) },
  { valueOfAbsent: (_, depth) => (depth === 0 ? null : undefined), onlyWritten: true },
];

interface Sides {
  readonly before: Fields;
  readonly present: Fields;
}

/** The body that sets the fields of a request back to what they were. A secret, which nobody can read, stays what was written. */
export function formerBody(request: Pick<WrittenRequest, "method" | "body">, sides: Sides, attempt: Attempt): unknown {
  const { method, body } = request;
  // A PUT takes what it does not have for gone.
  const fields = formerFields(
    fieldsOf(body),
    sides,
    method === "PUT" ? { valueOfAbsent: () => undefined } : attempt,
    0,
  );
  return bodyOf(method === "PUT" ? { ...sides.before, ...fields } : fields, body);
}

function formerFields(written: Fields, { before, present }: Sides, attempt: Attempt, depth: number): Fields {
  return Object.fromEntries(
    Object.entries(written).map(([name, value]) => [
      name,
      formerValue(value, { before: before[name], present: present[name] }, attempt, depth),
    ]),
  );
}

function formerValue(
  written: unknown,
  { before, present }: { readonly before: unknown; readonly present: unknown },
  attempt: Attempt,
  depth: number,
): unknown {
  if (before === undefined) return present === undefined ? written : attempt.valueOfAbsent(written, depth);
  if (isMapping(written) && isMapping(before)) {
    const sides = { before, present: isMapping(present) ? present : {} };
    return { ...(attempt.onlyWritten !== true && before), ...formerFields(written, sides, attempt, depth + 1) };
  }
  if (!Array.isArray(written) || !Array.isArray(before) || !Array.isArray(present)) return before;
  return before.map((entry: unknown, index) => {
    const [ours, theirs]: readonly unknown[] = [written[index], present[index]];
    if (!isMapping(entry) || !isMapping(ours) || !isMapping(theirs)) return entry;
    const unseen = Object.entries(ours).filter(([name]) => entry[name] === undefined && theirs[name] === undefined);
    return { ...entry, ...Object.fromEntries(unseen) };
  });
}

function emptyLike(value: unknown): unknown {
  if (typeof value === "boolean") return false;
  if (Array.isArray(value)) return [];
  if (typeof value === "string") return "";
  return isMapping(value) ? {} : null;
}
