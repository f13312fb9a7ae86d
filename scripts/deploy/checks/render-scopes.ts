import type { Paint } from "../../terminal/paint.ts";
import { renderTable } from "../../terminal/table.ts";
import { foldLines } from "../../terminal/wrap.ts";
import { listMissingScopes } from "./check-scopes.ts";
import { OPTIONAL_SCOPES, type RequiredScope } from "./required-scopes.ts";

export interface ScopesReport {
  readonly required: readonly RequiredScope[];
  /** Of the client in the environment; undefined when nobody was asked about. */
  readonly granted: ReadonlySet<string> | undefined;
  readonly domain: string | undefined;
}

export function renderScopes({ required, granted, domain }: ScopesReport, paint: Paint): string {
  const isAsked = granted !== undefined;
  const optional = OPTIONAL_SCOPES.map(({ scope, reason }) => `${reason} needs ${scope} as well.`).join("\n");
  const header = ["SCOPE", "FOR", ...(isAsked ? ["GRANTED"] : [])].map((title) => paint("dim", title));
  const rows = required.map(({ scope, reason }) => [
    scope,
    reason,
    ...(isAsked ? [granted.has(scope) ? paint("green", "yes") : paint("red", "missing")] : []),
  ]);
  const table = renderTable(header, rows);
  if (!isAsked) {
    return `${table}\n\n${required.length} scopes. Without credentials nobody was asked what is granted.\n${optional}`;
  }
  const missing = listMissingScopes(required, granted);
  const surplus = listSurplus(required, granted);
  const verdict =
    missing.length === 0
      ? `The client has all ${required.length} on ${domain}.`
      : `The client lacks ${missing.length} of ${required.length} on ${domain}: ${missing.map(({ scope }) => scope).join(" ")}`;
  const advice =
    surplus.length === 0 ? "" : `\nIt also has ${surplus.length} that nothing here needs; --json names them.`;
  return `${table}\n\n${foldLines(verdict)}${advice}\n${optional}`;
}

function listSurplus(required: readonly RequiredScope[], granted: ReadonlySet<string>): readonly string[] {
  const needed = new Set([...required, ...OPTIONAL_SCOPES].map(({ scope }) => scope));
  return [...granted].filter((scope) => !needed.has(scope)).sort();
}

/** For scripts. A change to its shape is a new version. */
export function renderScopesJson({ required, granted, domain }: ScopesReport): string {
  const client =
    granted === undefined
      ? null
      : {
          domain,
          missing: listMissingScopes(required, granted).map(({ scope }) => scope),
          surplus: listSurplus(required, granted),
        };
  return JSON.stringify({ version: 1, required, optional: OPTIONAL_SCOPES, client }, undefined, 2);
}
