import type { PlanWarningCode } from "../../error-codes.ts";
import type { Overlay } from "../../tenant/overlay/merge-sources.ts";
import type { FieldChange } from "../compare/compare-fields.ts";
import type { ResourceType } from "../kinds/table.ts";

/** What a person reads: nothing in it is ever a secret's value. */
interface Described {
  readonly type: ResourceType;
  readonly name: string;
  readonly fields: readonly FieldChange[];
  /** Unified diff of an Action's code. */
  readonly codeDiff?: string;
  /** What of it the environment's overlay says: `description from environments/eu.yaml`. */
  readonly overlay?: string;
}

/** Made anew from tenant.yaml. */
interface Creation extends Described {
  readonly operation: "create";
}

export interface Update extends Described {
  readonly operation: "update";
  readonly id: string;
  /** Body of the PATCH: whole top-level fields, since Auth0 replaces those. Empty when only `members` has something. */
  readonly patch: Readonly<Record<string, unknown>>;
  /** What is written apart from the record itself, one by one; its kind knows of what form they are. */
  readonly members?: { readonly add: readonly unknown[]; readonly remove: readonly unknown[] };
}

/** Named by `--allow-delete`, and by nothing else. */
export interface Deletion extends Described {
  readonly operation: "delete";
  readonly id: string;
}

/** The whole list of a trigger's bindings, under the trigger's name: Auth0 knows no smaller write. */
export interface Reorder extends Described {
  readonly operation: "reorder";
  readonly before: readonly string[];
  readonly after: readonly FlowEntry[];
}

export interface FlowEntry {
  readonly actionName: string;
  readonly displayName: string;
  /** Whether tenant.yaml has it; otherwise it is somebody else's and keeps its place. */
  readonly isOurs: boolean;
}

export type Change = Creation | Update | Deletion | Reorder;

export interface Warning {
  readonly code: PlanWarningCode;
  readonly message: string;
}

/** What the tenant has and tenant.yaml does not. Shown, never deleted. */
export interface Unmanaged {
  readonly type: ResourceType;
  readonly name: string;
  readonly note?: string;
}

export interface Plan {
  readonly domain: string;
  /** SHA-256 of the state this plan was made from: another state makes another plan. */
  readonly fingerprint: string;
  readonly changes: readonly Change[];
  readonly warnings: readonly Warning[];
  readonly unmanaged: readonly Unmanaged[];
  /** What tenant.yaml has and nobody could compare: `email-provider:settings credentials.smtp_pass`. */
  readonly uncompared: readonly string[];
  /** What the environment's own file changes of tenant.yaml. */
  readonly overlay?: Overlay;
}
