import { type ApiSettings, DEFAULT_API_SETTINGS } from "./api/settings.ts";

/**
 * Everything about the runtime that Auth0's documents leave open, that they put in two ways, or that a test must shorten: one
 * setting each, those of the api object included (api/settings.ts).
 */
export interface ActionsSettings extends ApiSettings {
  /** Milliseconds for all Actions of one trigger; counted anew after a redirect (docs: 20 s). */
  readonly triggerTimeout: number;
  /** What a login is told that ran out of time. The current text is not documented. */
  readonly timeoutMessage: string;
  /** Bytes kept of what one Action prints. Docs: 256 characters are stored; published code: a buffer of 256 KiB. */
  readonly outputMaxBytes: number;
  /**
   * User and app metadata that was queued when an Action throws or runs out of time. Published code says that the commands of
   * "Actions" are discarded, which may or may not mean those that had finished.
   */
  readonly metadataOnFailure: "discarded" | "of-finished-actions-kept";
  /**
   * A factor or a form, which this tenant cannot show: passed over as if the user had passed it, or failing the login as
   * Auth0 fails one when no factor is left.
   */
  readonly unavailableStep: "passed-over" | "fails";
  /**
   * HTTP status at the token endpoint when an Action denied or failed. Auth0's docs say 403 of revoked refresh tokens, its
   * support 500 of denied logins.
   */
  readonly deniedStatus: 403 | 500;
  /**
   * Whether Actions run before and after a user is made by `POST /users`, and after `PATCH /users` has changed a password: that
   * those events have no application suggests it, and no document says so.
   */
  readonly managementTriggers: "run" | "skipped";
  /**
   * Milliseconds before each further try of a message whose Action asks for one. Docs: up to five, within minutes.
   */
  readonly deliveryRetryAfter: readonly number[];
  /** Threads. Each runs one login while there are others idle, then several at a time. */
  readonly workers: number;
  /** Megabytes of heap of one thread; beyond them it is ended and replaced. */
  readonly workerMemory: number;
  /**
   * Where on loopback a debugger finds the process of the Actions. With one, Node's permission model is off: it refuses debuggers.
   */
  readonly inspectPort: number | undefined;
}

export const DEFAULT_ACTIONS_SETTINGS: ActionsSettings = {
  ...DEFAULT_API_SETTINGS,
  triggerTimeout: 20_000,
  timeoutMessage: "Request to Webtask exceeded allowed execution time",
  outputMaxBytes: 256 * 1024,
  metadataOnFailure: "discarded",
  unavailableStep: "passed-over",
  deniedStatus: 403,
  managementTriggers: "run",
  deliveryRetryAfter: [10_000, 20_000, 40_000, 60_000, 60_000],
  workers: 4,
  workerMemory: 256,
  inspectPort: undefined,
};
