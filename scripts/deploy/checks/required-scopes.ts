import type { TenantDocument } from "../../tenant/document.ts";
import { KINDS } from "../kinds/table.ts";
import type { DeletionRequest } from "../plan/plan-deletions.ts";

export interface RequiredScope {
  readonly scope: string;
  /** The section of tenant.yaml or the option that asks for it. */
  readonly reason: string;
}

/** What is done with the credentials: `plan` reads, `deploy` writes too. */
export type Purpose = "plan" | "deploy";

/** What only an operator's commands need; rolling back and unbinding take no more than a deploy. */
export const OPTIONAL_SCOPES: readonly RequiredScope[] = [{ scope: "read:logs", reason: "npm run why" }];

interface Need {
  readonly document: TenantDocument;
  readonly purpose: Purpose;
  /** Kinds that `--allow-delete` names. */
  readonly deletions?: readonly Pick<DeletionRequest, "type">[];
}

/**
 * Pure. The least that this tenant.yaml needs, each scope once. Every kind is read, whether tenant.yaml has it or not: what
 * it does not have is shown as left alone.
 */
export function listRequiredScopes({ document, purpose, deletions = [] }: Need): readonly RequiredScope[] {
  const named = (scopes: readonly string[], reason: string) => scopes.map((scope) => ({ scope, reason }));
  const more = KINDS.flatMap(({ section, listMoreScopes }) => {
    const scopes = listMoreScopes?.(document);
    return scopes === undefined ? [] : [{ section, scopes }];
  });
  const inFile = KINDS.filter(({ section }) => Object.hasOwn(document, section));
  const read = [
    ...KINDS.flatMap(({ scopes }) => named(scopes.read, "every plan")),
    ...more.flatMap(({ section, scopes }) => named(scopes.read, `${section} in tenant.yaml`)),
  ];
  const write = [...inFile, ...more].flatMap(({ section, scopes }) => named(scopes.write, `${section} in tenant.yaml`));
  const remove = deletions.flatMap((deletion) =>
    KINDS.filter(({ type }) => type === deletion.type).flatMap(({ type, scopes }) =>
      named(scopes.delete, `--allow-delete=${type}:…`),
    ),
  );
  const all = purpose === "plan" ? read : [...read, ...write, ...remove];
  return all.filter(({ scope }, index) => all.findIndex((other) => other.scope === scope) === index);
}
