import type { Client } from "../state/resources.ts";
import type { ActionRequest, ConnectionSummary } from "./login-context.ts";
import type { LoginFailed, Ran } from "./outcome.ts";

/** A reset whose link was opened. */
export interface PasswordResetContext {
  readonly userId: string;
  readonly connection: ConnectionSummary;
  readonly request: ActionRequest;
  /** Milliseconds: when the link was opened. */
  readonly openedAt: number;
  /** Unknown where the Management API made the link. */
  readonly client?: Client | undefined;
}

/** Plain data: keep it under the state that the browser carries, hand it back once. */
export interface SuspendedReset {
  readonly context: PasswordResetContext;
  /** The Action that redirected. */
  readonly actionId: string;
  readonly executionId: string;
  /** The runtime's own record of what was asked for so far. */
  readonly asked: string;
}

export type PasswordResetOutcome =
  | (Ran & { readonly kind: "completed"; readonly resultUrl?: string })
  | (Ran & { readonly kind: "denied"; readonly reason: string })
  | (Ran & { readonly kind: "redirected"; readonly url: string; readonly suspended: SuspendedReset })
  | LoginFailed;
