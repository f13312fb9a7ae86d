import { usageError } from "../command.ts";
import { findNearest } from "../tenant/nearest.ts";
import { DEPLOYED_SECTIONS } from "../tenant/sections.ts";
import { wrongUse } from "../terminal/options.ts";

export interface Selection {
  /** Names with commas between, as `--only` and `--except` have them. */
  readonly only?: string | undefined;
  readonly except?: string | undefined;
}

/**
 * The sections to adopt: all that a plan compares, these only, or all but these.
 *
 * @throws {CommandError} SECTION_UNKNOWN, USAGE
 */
export function selectSections({ only, except }: Selection): readonly string[] {
  if (only !== undefined && except !== undefined) throw wrongUse("--only and --except exclude each other.");
  const chosen = only === undefined ? DEPLOYED_SECTIONS : parse("--only", only);
  const dropped = except === undefined ? [] : parse("--except", except);
  const sections = DEPLOYED_SECTIONS.filter((name) => chosen.includes(name) && !dropped.includes(name));
  if (sections.length > 0) return sections;
  throw wrongUse("--except leaves no section to adopt.");
}

function parse(option: string, text: string): readonly string[] {
  const names = text.split(",").map((name) => name.trim());
  const unknown = names.filter((name) => !DEPLOYED_SECTIONS.includes(name));
  if (unknown.length === 0) return names;
  const hints = unknown.map((name) => {
    const nearest = findNearest(name, DEPLOYED_SECTIONS);
    return `${name === "" ? "an empty name" : name}${nearest === undefined ? "" : ` (did you mean ${nearest}?)`}`;
  });
  throw usageError(
    "SECTION_UNKNOWN",
    `${option} names what is not a section that can be adopted: ${hints.join(", ")}. There are ${DEPLOYED_SECTIONS.join(", ")}.`,
  );
}
