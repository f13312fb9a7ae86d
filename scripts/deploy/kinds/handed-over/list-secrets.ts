import type { TenantDocument } from "../../../tenant/document.ts";
import { valueAt } from "../../../tenant/paths.ts";
import { listEntries } from "./entries.ts";
import { findPaths } from "./paths.ts";
import { HANDED_OVER, type HandedOverSpec } from "./specs.ts";

/** The values of all secrets in the sections that the Deploy CLI writes, wherever they come from. */
export function listSecrets(document: TenantDocument): readonly string[] {
  return HANDED_OVER.flatMap((spec: HandedOverSpec) =>
    listEntries(spec, document[spec.section]).flatMap(({ entry }) =>
      (spec.writeOnly ?? []).flatMap((pattern) =>
        findPaths(entry, pattern).flatMap((path) => listTexts(valueAt(entry, path))),
      ),
    ),
  );
}

function listTexts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  // Beside a secret, `type` says of what sort it is.
  return Object.entries(value).flatMap(([key, member]) => (key === "type" ? [] : listTexts(member)));
}
