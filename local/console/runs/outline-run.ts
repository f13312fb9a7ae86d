import type { PostLoginTransaction } from "../../auth0/actions/api/transaction.ts";
import type { RunEnding, RunResult } from "../../auth0/actions/runtime/protocol.ts";

/** What a run comes to, name to value: what a reader compares. */
export type Outline = ReadonlyMap<string, string>;

/** Runs of other triggers have none of these members. */
type Transaction = Partial<PostLoginTransaction>;

export function outlineRun({ ending, transaction = {} }: RunResult): Outline {
  const { claims, scopeOperations, targetScopes, appMetadata, userMetadata } = transaction as Transaction;
  return new Map([
    ["ends", renderEnding(ending)],
    ...list("access token claim", claims?.accessToken),
    ...list("ID token claim", claims?.idToken),
    ...list("scope", scopeOperations),
    ...(targetScopes === undefined ? [] : [["scopes", targetScopes.join(" ")] as const]),
    ...list("app_metadata", appMetadata),
    ...list("user_metadata", userMetadata),
  ]);
}

/** For a person: how it ended. */
export function renderEnding(ending: RunEnding): string {
  if (ending.kind === "completed") return "let through";
  if (ending.kind === "failed") return `failed, ${ending.error.name}: ${ending.error.message}`;
  const { step } = ending;
  switch (step.type) {
    case "redirect":
      // The query has a token, which is another one each time.
      return `sent to ${step.url.split("?")[0]}`;
    case "challenge":
    case "enroll":
      return "asked for a factor";
    case "validation-error":
      return `denied: ${step.message}`;
    default:
      return `denied: ${step.reason}`;
  }
}

export interface Difference {
  readonly name: string;
  /** Absent where there was none. */
  readonly before?: string;
  readonly after?: string;
}

export function compareOutlines(before: Outline, after: Outline): readonly Difference[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].flatMap((name) => {
    const [one, other] = [before.get(name), after.get(name)];
    if (one === other) return [];
    return { name, ...(one !== undefined && { before: one }), ...(other !== undefined && { after: other }) };
  });
}

const list = (kind: string, values: ReadonlyMap<string, unknown> = new Map()) =>
  [...values].map(([name, value]) => [`${kind} ${name}`, JSON.stringify(value)] as const);
