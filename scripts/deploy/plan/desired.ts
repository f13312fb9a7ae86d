import type { TenantAction, TenantDocument } from "../../tenant/document.ts";
import type { Overlay } from "../../tenant/overlay/merge-sources.ts";
import type { Path } from "../../tenant/shape.ts";
import type { DeployMarker } from "../kinds/action/marker.ts";

/** An Action as it is to run: built code without a marker, and its secrets with their values. What is absent stays as it is. */
export interface DesiredAction {
  readonly name: string;
  readonly code: string;
  /** False for one that stays a draft. */
  readonly deployed?: boolean;
  readonly runtime?: string;
  readonly dependencies?: readonly { readonly name: string; readonly version: string }[];
  readonly secrets?: readonly { readonly name: string; readonly value: string }[];
  readonly triggers: readonly { readonly id: string; readonly version: string }[];
}

/** What a deploy is to bring about: tenant.yaml with its keywords filled, and the Actions built from this checkout. */
export interface Desired {
  readonly document: TenantDocument;
  readonly actions: readonly DesiredAction[];
  /** `tenant.yaml:42` for the value at a path of the document. */
  readonly locate?: (path: Path) => string;
  /** What of the document an environment's own file says. */
  readonly overlay?: Overlay | undefined;
  /** Marks bundles as this project's; the name in package.json. */
  readonly owner: string;
  /** Entries, as `<type>:<name>`, whose secrets are written although nobody can see whether they differ. */
  readonly writeSecrets: readonly string[];
  /** Keyed digest of an Action's secrets. */
  digestSecrets(secrets: NonNullable<DesiredAction["secrets"]>): DeployMarker["secrets"];
}

/** @param code built */
export function desireAction(entry: TenantAction, code: string): DesiredAction {
  const { name, deployed, runtime, dependencies, secrets, supported_triggers: triggers } = entry;
  return {
    name,
    code,
    triggers,
    ...(deployed !== undefined && { deployed }),
    ...(runtime !== undefined && { runtime }),
    ...(dependencies !== undefined && { dependencies }),
    ...(secrets !== undefined && { secrets }),
  };
}
