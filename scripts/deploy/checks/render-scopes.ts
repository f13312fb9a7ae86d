import type { Paint } from "../../terminal/paint.ts";
import { renderTable } from "../../terminal/table.ts";
import { listMissingScopes } from "./check-scopes.ts";
import type { RequiredScope } from "./required-scopes.ts";

export interface ScopesReport {
  readonly required: readonly RequiredScope[];
  /** Of the client in the environment; undefined when nobody was asked about. */
  readonly granted: ReadonlySet<string> | undefined;
  readonly domain: string | undefined;
}

export function renderScopes({ required, granted, domain }: ScopesReport, paint: Paint): string {
  const isAsked = granted !== undefined;
  const header = ["SCOPE", "FOR", ...(isAsked ? ["GRANTED"] : [])].map((title) => paint("dim", title));
  const rows = required.map(({ scope, reason }) => [
    scope,
    reason,
    ...(isAsked ? [granted.has(scope) ? paint("green", "yes") : paint("red", "missing")] : []),
  ]);
  const table = renderTable(header, rows);
  if (!isAsked) return `${table}\n\n${required.length} scopes. Without credentials nobody was asked what is granted.`;
  const missing = listMissingScopes(required, granted);
  const needed = new Set(required.map(({ scope }) => scope));
  const surplus = [...granted].filter((scope) => !needed.has(scope));
  const verdict =
    missing.length === 0
      ? `The client has all ${required.length} on ${domain}.`
      : `The client lacks ${missing.length} of ${required.length} on ${domain}: ${missing.map(({ scope }) => scope).join(" ")}`;
  const advice =
    surplus.length === 0 ? "" : `\nIt also has ${surplus.length} that nothing here needs; --json names them.`;
  return `${table}\n\n${verdict}${advice}`;
}

/** For scripts. A change to its shape is a new version. */
export function renderScopesJson({ required, granted, domain }: ScopesReport): string {
  const needed = new Set(required.map(({ scope }) => scope));
  const client =
    granted === undefined
      ? null
      : {
          domain,
          missing: listMissingScopes(required, granted).map(({ scope }) => scope),
          surplus: [...granted].filter((scope) => !needed.has(scope)).sort(),
        };
  return JSON.stringify({ version: 1, required, client }, undefined, 2);
}
