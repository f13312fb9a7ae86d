import type { Section } from "../sections.ts";
import type { SectionFacts } from "./section-facts.ts";

/** What the kinds of resources say of their sections, in the form in which the reading of tenant.yaml finds it. */
export function describeSections(
  kinds: readonly (SectionFacts & { readonly isHandedOver?: true })[],
): Readonly<Record<string, Section>> {
  return Object.fromEntries(
    kinds.map(({ section, isHandedOver, isOneObject, identity, memberIdentities }) => [
      section,
      {
        isOwn: isHandedOver !== true,
        isOneObject: isOneObject === true,
        ...(identity !== undefined && { identity }),
        ...(memberIdentities !== undefined && { memberIdentities }),
      },
    ]),
  );
}
