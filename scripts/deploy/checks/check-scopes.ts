import { decodeJwt } from "jose";
import { usageError } from "../../command.ts";
import type { RequiredScope } from "./required-scopes.ts";

/**
 * The scopes that a token for the Management API carries; undefined for one that cannot be read. Its signature is not
 * checked: it came from the tenant itself, and the tenant checks it at every request.
 */
export function readGrantedScopes(accessToken: string): ReadonlySet<string> | undefined {
  try {
    const { scope } = decodeJwt(accessToken);
    return new Set(typeof scope === "string" ? scope.split(" ").filter(Boolean) : []);
  } catch {
    return undefined;
  }
}

export function listMissingScopes(
  required: readonly RequiredScope[],
  granted: ReadonlySet<string>,
): readonly RequiredScope[] {
  return required.filter(({ scope }) => !granted.has(scope));
}

/**
 * Before the first request: a deploy must not find out half way what it may not do. A token that cannot be read is left
 * to the tenant to judge.
 *
 * @throws {CommandError} DEPLOY_SCOPES_MISSING naming every one
 */
export function checkScopes(accessToken: string, required: readonly RequiredScope[]): void {
  const granted = readGrantedScopes(accessToken);
  const missing = granted === undefined ? [] : listMissingScopes(required, granted);
  if (missing.length === 0) return;
  const width = Math.max(...missing.map(({ scope }) => scope.length));
  const rows = missing.map(({ scope, reason }) => `  ${scope.padEnd(width)}  ${reason}`);
  throw usageError(
    "DEPLOY_SCOPES_MISSING",
    `Nothing was sent: the client in AUTH0_CLIENT_ID lacks ${missing.length === 1 ? "a scope" : `${missing.length} scopes`} of the Management API.\n${rows.join("\n")}\n` +
      "Grant what is missing in the dashboard: Applications > APIs > Auth0 Management API > Machine to Machine Applications.\n" +
      "npm run scopes lists all that are needed.",
  );
}
