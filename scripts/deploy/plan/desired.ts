import type { BuiltAction } from "../../build/build-project.ts";
import type { TenantAction, TenantDocument } from "../../tenant/document.ts";
import type { Overlay } from "../../tenant/overlay/merge-sources.ts";
import type { Path } from "../../tenant/shape.ts";
import { NEWEST } from "../kinds/action/compare-content.ts";
import type { DeployMarker } from "../kinds/action/marker.ts";

/** An Action as it is to run: its code without a marker, and its secrets with their values. What is absent stays as it is. */
export interface DesiredAction {
  readonly name: string;
  readonly code: string;
  /** What the code is read from, for a person: `./dist/actions/guard.js`. */
  readonly file?: string;
  /** Sent byte for byte: such code has no room for a marker. */
  readonly isVerbatim?: true;
  /** False for one that stays a draft. */
  readonly deployed?: boolean;
  readonly runtime?: string;
  readonly dependencies?: readonly { readonly name: string; readonly version: string }[];
  /** Actions Modules. */
  readonly modules?: readonly ModuleReference[];
  /** One without a value is there already, and kept. */
  readonly secrets?: readonly { readonly name: string; readonly value?: string }[];
  readonly triggers: readonly { readonly id: string; readonly version: string }[];
}

export interface ModuleReference {
  readonly name: string;
  readonly version: number;
}

/** What a deploy is to bring about: tenant.yaml with its keywords filled, and the Actions built from this checkout. */
export interface Desired {
  readonly document: TenantDocument;
  readonly actions: readonly DesiredAction[];
  /** `tenant.yaml:42` for the value at a path of the document. */
  readonly locate?: (path: Path) => string;
  /** What tenant.yaml has and is taken otherwise than it is written, or not at all; a sentence each. */
  readonly outdated?: readonly string[];
  /** What of the document an environment's own file says. */
  readonly overlay?: Overlay | undefined;
  /** Marks bundles as this project's; the name in package.json. */
  readonly owner: string;
  /** Entries, as `<type>:<name>`, whose secrets are written although nobody can see whether they differ. */
  readonly writeSecrets: readonly string[];
  /** Keyed digest of an Action's secrets. */
  digestSecrets(secrets: NonNullable<DesiredAction["secrets"]>): DeployMarker["secrets"];
}

export function desireAction(
  entry: TenantAction,
  { code, file, form }: Pick<BuiltAction, "code" | "file" | "form">,
): DesiredAction {
  const { name, deployed, runtime, dependencies, modules, secrets, supported_triggers: triggers } = entry;
  return {
    name,
    code,
    file,
    triggers,
    ...(form === "as it is" && { isVerbatim: true }),
    ...(deployed !== undefined && { deployed }),
    ...(runtime !== undefined && { runtime }),
    ...(dependencies !== undefined && {
      dependencies: dependencies.map(({ name, version = NEWEST, ...rest }) => ({ ...rest, name, version })),
    }),
    ...(modules !== undefined && {
      modules: modules.map(({ module_name, module_version_number: version }) => ({ name: module_name, version })),
    }),
    ...(secrets !== undefined && { secrets }),
  };
}
