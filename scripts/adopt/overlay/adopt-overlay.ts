import { join } from "node:path";
import { buildProject } from "../../build/build-project.ts";
import { ENVIRONMENTS } from "../../tenant/environment-files.ts";
import { readTenant } from "../../tenant/read-tenant.ts";
import { describeRefusal } from "../check/try-build.ts";
import { listSuspects } from "../list-suspects.ts";
import type { OverlayOptions } from "../options.ts";
import { createFileNames } from "../render/file-names.ts";
import type { Adoption } from "../report.ts";
import { inDraft } from "../write/in-draft.ts";
import { listNamedFiles, readProjectText } from "../write/project-text.ts";
import { putInPlace } from "../write/put-in-place.ts";
import { checkNamesFilled } from "./base-entries.ts";
import { compareWithTenant } from "./compare-with-tenant.ts";
import { listRebuilt, planOverlay } from "./plan-overlay.ts";

/**
 * Writes what a tenant has differently from tenant.yaml into environments/<name>.yaml, and values of keywords into
 * environments/<name>.env, so that a plan has nothing to do there. tenant.yaml stays as it is.
 *
 * @throws {CommandError} of reading and building the project, connecting and reading the tenant; TENANT_KEYWORDS_UNFILLED,
 * ADOPT_FILE_EXISTS
 */
export async function adoptOverlay(options: OverlayOptions): Promise<Adoption> {
  const { directory, environment, environmentName } = options;
  const file = await readTenant(join(directory, "tenant.yaml"));
  const before = await readProjectText(directory, undefined);
  checkNamesFilled(file, environment, `${ENVIRONMENTS}/${environmentName}.env`);
  const comparison = await compareWithTenant(options, file, before.name);
  const { source } = comparison;
  return inDraft(directory, async (draft) => {
    const names = createFileNames(directory, listNamedFiles(before), environmentName);
    const project = { options, file, before, comparison, names, draft: join(draft, "project") };
    let planned = await planOverlay(project, new Set());
    for (;;) {
      const unlike = await listRebuilt(project, planned);
      if ([...unlike].every((name) => planned.verbatim.has(name))) break;
      planned = await planOverlay(project, new Set([...planned.verbatim, ...unlike]));
    }
    const { described, files, values } = planned;
    const placed = await putInPlace({ directory, draft, files, force: options.force === true });
    const { findings } = await buildProject(directory, values, environmentName);
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
