import type { TenantDocument } from "../../tenant/document.ts";
import { addSections } from "../kinds/handed-over/add-sections.ts";
import { listNeededSections } from "../kinds/handed-over/specs.ts";
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
  /** What `--allow-delete` names. */
  readonly deletions?: readonly Pick<DeletionRequest, "type" | "name">[];
}

/**
 * Pure. The least that this tenant.yaml needs, each scope once. The kinds that are read here are always read: what tenant.yaml
 * does not have of them is shown as left alone. The others are read where tenant.yaml has their section, or uses their names, or
 * where one of them is to be deleted.
 */
export function listRequiredScopes({ document, purpose, deletions = [] }: Need): readonly RequiredScope[] {
  const named = (scopes: readonly string[], reason: string) => scopes.map((scope) => ({ scope, reason }));
  const needed = listNeededSections(document);
  const types = deletions.map(({ type }) => type);
  const looked = listNeededSections(addSections(document, types));
  const more = KINDS.flatMap(({ section, listMoreScopes }) => {
    const scopes = listMoreScopes?.(document);
    return scopes === undefined ? [] : [{ section, scopes }];
  });
  const inFile = KINDS.filter(({ section }) => Object.hasOwn(document, section));
  const read = [
    ...KINDS.flatMap(({ isHandedOver, section, scopes }) => {
      if (!isHandedOver) return named(scopes.read, "every plan");
      if (needed.includes(section)) return named(scopes.read, `${section} in tenant.yaml`);
      return looked.includes(section) ? named(scopes.read, "--allow-delete") : [];
    }),
    ...more.flatMap(({ section, scopes }) => named(scopes.read, `${section} in tenant.yaml`)),
  ];
  const write = [...inFile, ...more].flatMap(({ section, scopes }) => named(scopes.write, `${section} in tenant.yaml`));
  const remove = deletions.flatMap((deletion) =>
    KINDS.filter(({ type }) => type === deletion.type).flatMap(({ type, scopes, listDeletionScopes }) =>
      named(listDeletionScopes?.(deletion.name) ?? scopes.delete, `--allow-delete=${type}:…`),
    ),
  );
  const all = purpose === "plan" ? read : [...read, ...write, ...remove];
  return all.filter(({ scope }, index) => all.findIndex((other) => other.scope === scope) === index);
}
