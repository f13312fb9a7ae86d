import type { ScopeOperation } from "./effects.ts";

export interface ScopesContext {
  audience: string;
  /** Scope changes of tokens for Auth0's own APIs are ignored. */
  isAuth0Api: boolean;
  /** A third-party application's token takes removals, no additions. */
  isThirdParty: boolean;
}

/**
 * The access token's scopes: what policy authorised, changed by what Actions asked for directly. Nothing checks those: an added
 * scope need not be requested, granted or even exist. A direct addition beats a removed target scope.
 */
export const issueScopes = (
  authorized: readonly string[],
  operations: ReadonlyMap<string, ScopeOperation>,
  { audience, isAuth0Api, isThirdParty }: ScopesContext,
): { scopes: string[]; warnings: string[] } => {
  const added = [...operations].filter(([, operation]) => operation === "add").map(([scope]) => scope);
  if (isAuth0Api) {
    const warning = `Attempting to add scopes to an access token for an internal audience: ${audience}. These scopes were ignored.`;
    return { scopes: [...authorized], warnings: added.length > 0 ? [warning] : [] };
  }
  const kept = authorized.filter((scope) => operations.get(scope) !== "remove");
  return { scopes: [...new Set([...kept, ...(isThirdParty ? [] : added)])], warnings: [] };
};
