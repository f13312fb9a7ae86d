import { join } from "node:path";
import { parseEnv } from "node:util";
import { buildProject } from "../../build/build-project.ts";
import { ENVIRONMENTS } from "../../tenant/environment-files.ts";
import type { Environment } from "../../tenant/read-environment.ts";
import { readTenant } from "../../tenant/read-tenant.ts";
import { adoptBuildable } from "../adopt-buildable.ts";
import { describeRefusal } from "../check/try-build.ts";
import { type Entry, labelOf } from "../entry.ts";
import { listSuspects } from "../list-suspects.ts";
import type { AdoptOptions } from "../options.ts";
import { createFileNames } from "../render/file-names.ts";
import type { Adoption } from "../report.ts";
import { createVariables } from "../strip/variables.ts";
import { inDraft } from "../write/in-draft.ts";
import { listNamedFiles, readProjectText, readText } from "../write/project-text.ts";
import { putInPlace } from "../write/put-in-place.ts";
import { checkNamesFilled, listBaseEntries, listUnfilledMembers, listUnmanagedSettings } from "./base-entries.ts";
import { compareWithTenant } from "./compare-with-tenant.ts";
import { describeSettled } from "./describe-settled.ts";
import { draftOverlay } from "./draft-overlay.ts";
import { findDifference } from "./find-difference.ts";
import { learnValues } from "./learn-values.ts";
import { withMissing } from "./secrets.ts";
import { settle } from "./settle.ts";

export interface OverlayOptions extends AdoptOptions {
  readonly environmentName: string;
}

/**
 * Writes what a tenant has differently from tenant.yaml into environments/<name>.yaml, and values of keywords into
 * environments/<name>.env, so that a plan has nothing to do there. tenant.yaml stays as it is.
 *
 * @throws {CommandError} of reading and building the project, connecting and reading the tenant; TENANT_KEYWORDS_UNFILLED,
 * ADOPT_FILE_EXISTS
 */
export async function adoptOverlay(options: OverlayOptions): Promise<Adoption> {
  const { directory, environment, environmentName, sections } = options;
  const variables = `${ENVIRONMENTS}/${environmentName}.env`;
  const file = await readTenant(join(directory, "tenant.yaml"));
  const before = await readProjectText(directory, undefined);
  checkNamesFilled(file, environment, variables);
  const { source, desire } = await compareWithTenant(options, file, before.name);
  const { live } = source;
  const unread = source.unread.map(({ section }) => section);
  const isComparable = ({ kind }: Pick<Entry, "kind">): boolean =>
    sections.includes(kind.section) && !unread.includes(kind.section);
  return inDraft(directory, async (draft) => {
    const names = createFileNames(directory, listNamedFiles(before), environmentName);
    const context = { source, environment, directory, draft: join(draft, "project"), names, owner: before.name };
    const read = await listBaseEntries(file, environment, live);
    const desired = desire(read, () => false);
    const sameActions = read.filter(
      (entry) => entry.kind.type === "action" && findDifference(entry, desired, live) === undefined,
    );
    const { adopted, leftOut } = await adoptBuildable(
      { ...context, variables: createVariables() },
      // An Action that the project builds is not taken for one that is sent as it is.
      {
        present: {},
        known: new Set([...sameActions, ...listUnmanagedSettings(source, file)].map(labelOf)),
        closed: new Set(),
      },
    );
    const learned = learnValues({
      file,
      base: read,
      wanted: new Map(adopted.map(({ entry }) => [labelOf(entry), entry])),
      environment,
      own: parseEnv((await readText(join(directory, variables))) ?? ""),
    });
    const filled: Environment = { ...environment, ...Object.fromEntries(learned) };
    const base = await listBaseEntries(file, filled, live);
    const wanted = new Map(
      adopted.map(({ entry, missing }) => [labelOf(entry), { ...entry, value: withMissing(entry.value, missing) }]),
    );
    const listUnfilled = listUnfilledMembers(file, filled);
    const settled = settle({ base, wanted, live, isComparable, listUnfilled, desire });
    const described = describeSettled(settled, { base, adopted, wanted, leftOut });
    const files = await draftOverlay(described, {
      before,
      directory,
      environmentName,
      names,
      learned,
      domain: source.name,
    });
    const placed = await putInPlace({ directory, draft, files, force: options.force === true });
    const { findings } = await buildProject(directory, filled, environmentName);
    return {
      source: source.name,
      ...described.report,
      files: placed,
      suspects: listSuspects(files),
      refused: findings.filter(({ severity }) => severity === "error").map(describeRefusal),
      unread: source.unread,
      isPlanned: true,
    };
  });
}
