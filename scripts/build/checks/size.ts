import { error, type Finding } from "../finding.ts";
import { LIMITS } from "../limits.ts";
import { listBundles, type Project } from "../project.ts";

export function checkSize(project: Project): readonly Finding[] {
  return listBundles(project).flatMap(({ action, bundle }) => {
    const bytes = Buffer.byteLength(bundle.code);
    if (bytes <= LIMITS.codeBytes) return [];
    return [
      error({
        code: "ACTION_TOO_LARGE",
        place: bundle.source,
        message: `The ${bundle.form === "as it is" ? "code" : "bundle"} of ${action.name} has ${bytes} bytes. Make large packages dependencies of the Action in tenant.yaml: they do not count.`,
        limit: `${LIMITS.codeBytes} bytes`,
      }),
    ];
  });
}
