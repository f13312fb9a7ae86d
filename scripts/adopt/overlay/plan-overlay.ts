import { join } from "node:path";
import { parseEnv } from "node:util";
import { parse, stringify } from "yaml";
import { ENVIRONMENTS } from "../../tenant/environment-files.ts";
import type { Environment } from "../../tenant/read-environment.ts";
import { parseTenant, type TenantFile } from "../../tenant/read-tenant.ts";
import { parseSource } from "../../tenant/source.ts";
import { adoptBuildable } from "../adopt-buildable.ts";
import { type Entry, labelOf } from "../entry.ts";
import type { OverlayOptions } from "../options.ts";
import type { FileNames } from "../render/file-names.ts";
import { createVariables } from "../strip/variables.ts";
import { type ProjectText, readText } from "../write/project-text.ts";
import type { DraftFile } from "../write/put-in-place.ts";
import { listBaseEntries, listUnfilledMembers, listUnmanagedSettings } from "./base-entries.ts";
import type { Comparison } from "./compare-with-tenant.ts";
import { type Described, describeSettled } from "./describe-settled.ts";
import { draftOverlay } from "./draft-overlay.ts";
import { findDifference } from "./find-difference.ts";
import { learnValues } from "./learn-values.ts";
import type { Difference } from "./overlay-entry.ts";
import { withMissing } from "./secrets.ts";
import { settle } from "./settle.ts";

export interface OverlayProject {
  readonly options: OverlayOptions;
  /** tenant.yaml alone. */
  readonly file: TenantFile;
  readonly before: ProjectText;
  readonly comparison: Comparison;
  readonly names: FileNames;
  /** Where files are written first. */
  readonly draft: string;
}

export interface PlannedOverlay {
  readonly described: Described;
  readonly files: readonly DraftFile[];
  /** The environment's, with what was read off the tenant. */
  readonly values: Environment;
  /** Names of Actions that the overlay has with the code that runs, because of what it changes elsewhere. */
  readonly verbatim: ReadonlySet<string>;
}

/** @param verbatim names of Actions whose code is taken from the tenant, though tenant.yaml alone builds the same */
export async function planOverlay(project: OverlayProject, verbatim: ReadonlySet<string>): Promise<PlannedOverlay> {
  const { options, file, before, comparison, names, draft } = project;
  const { directory, environment, environmentName, sections } = options;
  const { source } = comparison;
  const { live } = source;
  const unread = source.unread.map(({ section }) => section);
  const read = await listBaseEntries(file, environment, live);
  const desire = await comparison.desireWith(file, environment);
  const desired = desire(read, () => false);
  const isVerbatim = ({ kind, name }: Entry): boolean => kind.type === "action" && verbatim.has(name);
  const sameActions = read.filter(
    (entry) => entry.kind.type === "action" && !isVerbatim(entry) && findDifference(entry, desired, live) === undefined,
  );
  const { adopted, leftOut } = await adoptBuildable(
    { source, environment, directory, draft, names, owner: before.name, variables: createVariables() },
    {
      present: {},
      // An Action that the project builds is not taken for one that is sent as it is.
      known: new Set([...sameActions, ...listUnmanagedSettings(source, file)].map(labelOf)),
      closed: new Set(),
    },
  );
  const learned = learnValues({
    file,
    base: read,
    wanted: new Map(adopted.map(({ entry }) => [labelOf(entry), entry])),
    environment,
    own: parseEnv((await readText(join(directory, ENVIRONMENTS, `${environmentName}.env`))) ?? ""),
  });
  const values: Environment = { ...environment, ...Object.fromEntries(learned) };
  const base = await listBaseEntries(file, values, live);
  const wanted = new Map(
    adopted.map(({ entry, missing }) => [labelOf(entry), { ...entry, value: withMissing(entry.value, missing) }]),
  );
  const listUnfilled = listUnfilledMembers(file, values);
  const settled = settle({
    base,
    wanted,
    live,
    isComparable: ({ kind }) => sections.includes(kind.section) && !unread.includes(kind.section),
    listDiffering: (entry) => [...listUnfilled(entry), ...(isVerbatim(entry) ? ["code"] : [])],
    desire,
  });
  const described = describeSettled(settled, { base, adopted, wanted, leftOut });
  const drafting = { before, directory, environmentName, names, learned, domain: source.name };
  return { described, files: await draftOverlay(described, drafting), values, verbatim };
}

/**
 * Actions that the project builds otherwise once the overlay is merged: tables of roles and of what is paid for are compiled into them.
 */
export async function listRebuilt(
  { options, file, before, comparison }: OverlayProject,
  { files, values }: PlannedOverlay,
): Promise<ReadonlySet<string>> {
  const { directory, environmentName, sections } = options;
  const name = `${ENVIRONMENTS}/${environmentName}.yaml`;
  const overlay = files.find((one) => one.file === name);
  if (overlay === undefined || !sections.includes("actions")) return new Set();
  // Neither names a file that is not in its place yet.
  const { roles, resourceServers }: Readonly<Record<string, unknown>> = parse(overlay.text) ?? {};
  const text = stringify({
    ...(roles !== undefined && { roles }),
    ...(resourceServers !== undefined && { resourceServers }),
  });
  const merged = parseTenant(before.text, join(directory, "tenant.yaml"), parseSource(text, name));
  const { live } = comparison.source;
  const actions = (await listBaseEntries(file, values, live)).filter(({ kind }) => kind.type === "action");
  const desired = (await comparison.desireWith(merged, values))(actions, () => false);
  return new Set(
    actions.filter((entry) => hasOtherCode(findDifference(entry, desired, live))).map((entry) => entry.name),
  );
}

const hasOtherCode = (difference: Difference["members"] | undefined): boolean =>
  difference !== undefined && difference !== "every" && difference.has("code");
