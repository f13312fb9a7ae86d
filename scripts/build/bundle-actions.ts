import { readActionCode } from "../tenant/action-code.ts";
import type { TenantAction } from "../tenant/document.ts";
import { findMarkers } from "../tenant/markers.ts";
import type { Path } from "../tenant/shape.ts";
import { planBilling } from "./billing.ts";
import { type BundleResult, bundleAction } from "./bundle.ts";
import type { CompiledIn } from "./compile.ts";
import { planGrants } from "./grants.ts";
import type { Project } from "./project.ts";
import { readVerbatim } from "./read-verbatim.ts";

export interface BundledAction {
  readonly action: TenantAction;
  /** Where the tenant file describes it. */
  readonly path: Path;
  readonly result: BundleResult;
}

/** @param former of those that are not bundled anew, by their place in the tenant file */
export function bundleActions(
  {
    directory,
    tenant,
    known,
    codePaths,
    rules,
  }: Pick<Project, "directory" | "tenant" | "known" | "codePaths" | "rules">,
  former: readonly (BundledAction | undefined)[] = [],
): Promise<readonly BundledAction[]> {
  return Promise.all(
    (tenant.document.actions ?? []).map(
      async (action, index) =>
        former[index] ?? {
          action,
          path: ["actions", index],
          result: await readCode(directory, action, {
            path: codePaths[index] ?? "",
            text: known.document.actions?.[index]?.code ?? "",
            compiledIn: {
              grants: planGrants(tenant.document, action),
              billing: planBilling(tenant.document, action, rules),
            },
          }),
        },
    ),
  );
}

interface CodeOf {
  /** What `code:` says. */
  readonly path: string;
  /** What the file says, where the build does not make it. */
  readonly text: string;
  readonly compiledIn: CompiledIn;
}

function readCode(
  directory: string,
  action: TenantAction,
  { path, text, compiledIn }: CodeOf,
): BundleResult | Promise<BundleResult> {
  const [waiting] = findMarkers(path);
  if (waiting !== undefined) {
    const message = `The code of ${action.name} is in a file that ${waiting.marker} names, which has no value. Set it, or build with --env.`;
    return { kind: "refused", problems: [{ code: "KEYWORD_NEEDED_TO_BUILD", field: "code", message }] };
  }
  const code = readActionCode(path);
  return code.kind === "built"
    ? bundleAction(directory, action, code.folder, compiledIn)
    : readVerbatim(action.name, code.file, text);
}
