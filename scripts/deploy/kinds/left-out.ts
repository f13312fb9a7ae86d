import type { Desired } from "../plan/desired.ts";

interface Lack {
  /** As a person says it: `client`. */
  readonly type: string;
  readonly section: string;
  readonly name: string;
  /** Of the tenant, which does not have it either. */
  readonly domain: string;
}

/** What to say of an entry that something names and the tenant lacks, where an environment's overlay leaves it out. */
export function findLeftOut(
  { overlay }: Pick<Desired, "overlay">,
  { type, section, name, domain }: Lack,
): string | undefined {
  const isLeftOut = overlay?.entries.some(
    (entry) => entry.how === "left out" && entry.section === section && entry.name === name,
  );
  if (!isLeftOut) return undefined;
  return `${overlay?.file} leaves out the ${type} "${name}", and ${domain} does not have it. Leave out there what names it as well.`;
}
