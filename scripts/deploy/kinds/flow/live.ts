import type { LiveItem } from "../live-record.ts";

/** A trigger with the Actions that are bound to it. */
export interface LiveFlow extends LiveItem {
  /** In execution order. */
  readonly bindings: readonly LiveBinding[];
}

export interface LiveBinding {
  readonly id: string;
  readonly actionId: string;
  readonly actionName: string;
  readonly displayName: string;
}
