import type { ModuleReference } from "../../plan/desired.ts";
import type { LiveItem } from "../live-record.ts";

export interface LiveAction extends LiveItem {
  readonly triggers: readonly { readonly id: string; readonly version: string }[];
  readonly draft: ActionContent & { readonly status: string };
  /** What runs at logins; missing until the first deploy. */
  readonly live?: ActionContent & { readonly versionId: string; readonly number: number; readonly since: string };
}

export interface ActionContent {
  readonly code: string;
  readonly runtime: string;
  readonly dependencies: readonly { readonly name: string; readonly version: string }[];
  /** Only where there are any. */
  readonly modules?: readonly ModuleReference[];
  /** Names and dates; Auth0 never returns values. */
  readonly secrets: readonly { readonly name: string; readonly updatedAt: string }[];
}
