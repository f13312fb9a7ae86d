import type { Desired } from "../plan/desired.ts";

interface Lack {
  /** As a person says it: `client`. */
  readonly type: string;
  readonly section: string;
  readonly name: string;
  /** Of the tenant, which does not have it either. */
  readonly domain: string;
}

/** What to say of an entry that something names and the tenant lacks, where an environment's overlay leaves it or its section out. */
export function findLeftOut(
  { overlay }: Pick<Desired, "overlay">,
  { type, section, name, domain }: Lack,
): string | undefined {
  const leftOut = overlay?.entries.find(
    (entry) => entry.how === "left out" && entry.section === section && (entry.name ?? name) === name,
  );
  if (leftOut === undefined) return undefined;
  const what =
    leftOut.name === undefined
      ? `${section}, and ${domain} does not have the ${type} "${name}"`
      : `the ${type} "${name}", and ${domain} does not have it`;
  return `${overlay?.file} leaves out ${what}. Leave out there what names it as well.`;
}
