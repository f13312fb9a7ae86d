import type { TenantDocument } from "../../../tenant/document.ts";
import type { HandedOverSpec } from "./spec.ts";
import { HANDED_OVER } from "./specs.ts";

/**
 * Pure. The document with an empty section for each of these types that it has nothing of: such a section asks for nothing, and
 * makes what the tenant has of it be read. Types that are read here are read always.
 *
 * @param types as `--allow-delete` calls them
 */
export function addSections(document: TenantDocument, types: readonly string[]): TenantDocument {
  const added = HANDED_OVER.filter(({ type, section }) => types.includes(type) && !Object.hasOwn(document, section));
  const empty = added.map(({ section, identity }: HandedOverSpec) => [section, identity === undefined ? {} : []]);
  return { ...document, ...Object.fromEntries(empty) };
}
