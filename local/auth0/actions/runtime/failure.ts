import type { ActionFailure } from "../outcome.ts";

/**
 * Whatever an Action threw: it need not be an Error.
 *
 * @param file as the Action's code is called in stack traces
 */
export function describeFailure(thrown: unknown, file?: string): ActionFailure {
  const chain = listCauses(thrown);
  const stack = readText(thrown, "stack");
  const causes = chain.slice(1).map(describeCause);
  const optional = {
    code: readText(thrown, "code"),
    stack,
    cause: causes.length === 0 ? undefined : causes.join("; "),
    place: file === undefined ? undefined : findPlace(stack ?? "", file),
    hint: chain.map(findHint).find((hint) => hint !== undefined),
  };
  return {
    errorClass: "action_error",
    name: readText(thrown, "name") ?? "Error",
    message: readText(thrown, "message") ?? String(thrown),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}

/** What Node's own words do not say. */
const HINTS: Readonly<Record<string, string>> = {
  // Auth0 compiles Actions without a loader for it, too (`nodeJsModuleCompiler` in its package @auth0/actions).
  ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING:
    "The platform has no loader for import(): use require(), or an Action of actions/, whose build makes import() a require().",
};

const findHint = (thrown: unknown): string | undefined =>
  readText(thrown, "hint") ?? HINTS[readText(thrown, "code") ?? ""];

/** More than anybody wants to read, and an end to a circle. */
const MOST_CAUSES = 5;

/** What was thrown, what that came of, and so on. */
function listCauses(thrown: unknown): readonly unknown[] {
  const chain: unknown[] = [thrown];
  while (chain.length <= MOST_CAUSES) {
    const cause = readMember(chain.at(-1), "cause");
    if (cause === undefined || cause === null) break;
    chain.push(cause);
  }
  return chain;
}

function describeCause(cause: unknown): string {
  const code = readText(cause, "code");
  const message = readText(cause, "message") ?? String(cause);
  // Several addresses of one name failed: they say it, and the error that holds them does not.
  if (message === "") return code ?? readText(cause, "name") ?? "Error";
  return code === undefined || message.includes(code) ? message : `${message} (${code})`;
}

/** The innermost call that is the Action's own. */
function findPlace(stack: string, file: string): string | undefined {
  for (const line of stack.split("\n")) {
    const start = line.indexOf(`${file}:`);
    const [, position] = start === -1 ? [] : (/^(\d+:\d+)/.exec(line.slice(start + file.length + 1)) ?? []);
    if (position !== undefined) return `${file}:${position}`;
  }
  return undefined;
}

function readMember(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

function readText(value: unknown, key: string): string | undefined {
  const member = readMember(value, key);
  return typeof member === "string" ? member : undefined;
}
