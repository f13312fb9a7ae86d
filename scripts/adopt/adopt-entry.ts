import { DIGEST_MEMBERS } from "../deploy/kinds/secret-digests.ts";
import { withoutPaths } from "../tenant/find-paths.ts";
import { readKeywordValues } from "../tenant/keyword-values.ts";
import type { Environment } from "../tenant/read-environment.ts";
import { renderPath } from "../tenant/shape.ts";
import { tryEntry } from "./check/try-entry.ts";
import { type Entry, labelOf } from "./entry.ts";
import type { Source } from "./read/source.ts";
import type { FileNames } from "./render/file-names.ts";
import type { SectionLines } from "./render/insert-entries.ts";
import { type Rendered, renderEntry, renderLines } from "./render/render-entry.ts";
import type { MissingSecret, Note } from "./report.ts";
import { listDropped, withPlaceholders } from "./strip/compare-with-live.ts";
import { describeMissing } from "./strip/describe-missing.ts";
import { type Omitting, omit, omitMarkers, omitRefused, omitUnmanaged } from "./strip/omit-members.ts";
import { takeSecrets } from "./strip/take-secrets.ts";
import type { Variables } from "./strip/variables.ts";

export interface AdoptContext {
  readonly source: Source;
  readonly names: FileNames;
  readonly variables: Variables;
  readonly environment: Environment;
  /** The project's folder. */
  readonly directory: string;
  /** Where files are written first. */
  readonly draft: string;
  /** The project's name. */
  readonly owner: string;
}

/** An entry as it goes into the project. */
export interface AdoptedEntry {
  readonly entry: Entry;
  readonly lines: SectionLines;
  readonly files: Rendered["files"];
  readonly omitted: readonly Note[];
  readonly secrets: readonly MissingSecret[];
  /** What the entry does not have of the tenant's, at its place, with keywords in the place of secrets. */
  readonly missing: unknown;
}

/**
 * The lines and files of an entry, read back with the project's own reader and planned. What a plan would change in it is left out,
 * and so is an entry that cannot be said as it is.
 */
export async function adoptEntry(entry: Entry, context: AdoptContext): Promise<AdoptedEntry | Note> {
  const live = context.source.live?.[entry.kind.type].find(({ name }) => name === entry.name);
  const steady = withPlaceholders(withoutMoving(entry), live);
  const { value, secrets } = takeSecrets(steady);
  const kept = omitAll({ ...steady, value }, context);
  const note = (reason: string): Note => ({ entry: labelOf(entry), reason });
  if (kept.value === undefined) return note(describeLoss(kept));

  const check = async (checked: Entry) => {
    const rendered = renderEntry(checked, context.names, context.source.domain);
    return {
      rendered,
      entry: checked,
      ...(await tryEntry(checked, rendered, { live: context.source.live, ...context })),
    };
  };
  const first = await check({ ...steady, value: kept.value });
  const differing = first.kind === "differs" ? first.paths.map((path) => ({ path, reason: NOT_EQUAL })) : [];
  const rest = omit(kept.value, differing).value;
  // Nothing is left of an object whose every member differs.
  const last = differing.length === 0 || rest === undefined ? first : await check({ ...steady, value: rest });
  if (last.kind === "refused") return note(last.reason);
  if (last.kind === "differs") return note(`a plan would change ${last.paths.map(renderPath).join(", ")}`);
  const missing = describeMissing(steady, last.entry.value, secrets, context.variables);
  const dropped = entry.kind.isHandedOver ? [] : listDropped(steady, live);
  const omitted = [...kept.omitted, ...differing, ...dropped.map((path) => ({ path, reason: DROPPED }))];
  return {
    entry: last.entry,
    lines: renderLines(last.entry, last.rendered, missing.tree),
    files: last.rendered.files,
    omitted: omitted.map(({ path, reason }) => ({ entry: labelOf(entry), path: renderPath(path), reason })),
    secrets: missing.secrets,
    missing: missing.tree,
  };
}

/** What an entry cannot be without went, or the entry itself is refused. */
function describeLoss({ omitted }: Omitting): string {
  const members = omitted.filter(({ path }) => path.length > 0);
  if (members.length > 0) return members.map(({ path, reason }) => `${renderPath(path)}: ${reason}`).join("; ");
  return omitted.at(-1)?.reason ?? "nothing is left of it without its secrets";
}

const DROPPED = "the Deploy CLI does not export it; it stays as it is";
const NOT_EQUAL = "an export does not have it as the tenant does, so that a plan would change it";

/** What Auth0 counts up itself, and the digests that an earlier deploy left. */
function withoutMoving(entry: Entry): Entry {
  return { ...entry, value: withoutPaths(entry.value, [...(entry.kind.moving ?? []), ...DIGEST_MEMBERS]) };
}

function omitAll(entry: Entry, { source, names, environment }: AdoptContext): Omitting {
  const steps: readonly ((one: Entry) => Omitting)[] = [
    omitUnmanaged,
    ...(source.live === undefined ? [] : [(one: Entry) => omitMarkers(one, readKeywordValues(environment))]),
    (one) => omitRefused(one, (checked) => renderEntry(checked, names, source.domain).value),
  ];
  return steps.reduce<Omitting>(
    (before, step) => {
      if (before.value === undefined) return before;
      const after = step({ ...entry, value: before.value });
      return { value: after.value, omitted: [...before.omitted, ...after.omitted] };
    },
    { value: entry.value, omitted: [] },
  );
}
