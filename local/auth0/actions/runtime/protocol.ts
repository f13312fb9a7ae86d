import type { CacheRecord } from "../api/cache.ts";
import type { RunTrigger } from "../handler.ts";
import type { ActionFailure, ActionRun } from "../outcome.ts";
import type { PackageVersion } from "../packages/package-folders.ts";
import type { ActionsSettings } from "../settings.ts";
import type { Step } from "../triggers/step.ts";
import type { WorkerSetup } from "./worker-setup.ts";

/** What the tenant, the process that hosts the Actions and its threads say to each other. Fit for structured cloning. */

export interface SourceModule {
  /** As in `require("actions:<name>")`. */
  readonly name: string;
  readonly code: string;
  readonly dependencies: readonly PackageVersion[];
  readonly secrets: Readonly<Record<string, string>>;
}

/** The code of one version: sent once, and kept until the process ends. A version never changes. */
export interface ActionSource {
  readonly versionId: string;
  readonly actionName: string;
  readonly code: string;
  readonly dependencies: readonly PackageVersion[];
  readonly modules: readonly SourceModule[];
}

export interface BoundAction {
  /** Empty where an entity names the Action: a token exchange profile, an event stream. */
  readonly bindingId: string;
  readonly actionId: string;
  readonly actionName: string;
  readonly versionId: string;
  readonly secrets: Readonly<Record<string, string>>;
}

export interface EffectiveRole {
  readonly id: string;
  readonly name: string;
  readonly type: string;
}

/** One trigger's Actions for one login: one message there, one back. */
export interface RunRequest {
  readonly id: number;
  readonly trigger: RunTrigger;
  readonly actions: readonly BoundAction[];
  /** Of the versions that the receiver has not had yet. */
  readonly sources: readonly ActionSource[];
  /** As before the first Action, without secrets. */
  readonly event: unknown;
  /** Present after a redirect or a factor: what had been asked for. The first Action's continuation is called. */
  readonly transaction?: unknown;
  /** After a factor no continuation is called: the first Action has not run yet. */
  readonly isAfterFactor?: boolean;
  /** Whether whoever runs the Actions can ask for a factor in between. */
  readonly canAskFactors?: boolean;
  readonly cache: ReadonlyMap<string, CacheRecord>;
  readonly roles: readonly EffectiveRole[];
  readonly settings: ActionsSettings;
  /** Milliseconds by which the tenant's clock is ahead of the system's. */
  readonly clockOffset: number;
}

/** After which no Action runs, now or ever. */
export type StoppingStep = Extract<
  Step,
  {
    type:
      | "challenge"
      | "deny"
      | "deny-exchange"
      | "deny-token-exchange"
      | "enroll"
      | "redirect"
      | "refuse-registration"
      | "validation-error";
  }
>;

export type RunEnding =
  | { readonly kind: "completed" }
  | { readonly kind: "stopped"; readonly step: StoppingStep }
  | { readonly kind: "failed"; readonly error: ActionFailure };

/** A request of an Action to another host. */
export interface RequestMade {
  readonly method: string;
  /** With its query, which may carry what is nobody else's business. */
  readonly url: string;
  /** Milliseconds since the Action began. */
  readonly startedAfterMs: number;
  /** Until the answer's headers, or the error; absent while there is neither. */
  readonly durationMs?: number;
  readonly status?: number;
  readonly error?: string;
}

/** With values: for who watches, never for a log. */
export interface WatchedRun extends ActionRun {
  /** What it asked for, call by call, in the trigger's own type; nothing of an Action that failed. */
  readonly effects: readonly unknown[];
  readonly requests: readonly RequestMade[];
}

export interface RunResult {
  readonly id: number;
  /** Those that ran; the last one is where the run ended. */
  readonly runs: readonly WatchedRun[];
  readonly ending: RunEnding;
  /** What that adds up to. After a failure: by the Actions that had finished. Absent when the thread was lost. */
  readonly transaction?: unknown;
}

export type ToWorker =
  | { readonly kind: "run"; readonly request: RunRequest }
  | { readonly kind: "abandon"; readonly id: number; readonly error: ActionFailure };

export type FromWorker =
  /** Nobody handled this; the thread ends. */
  | { readonly kind: "lost"; readonly error: ActionFailure }
  | { readonly kind: "ran"; readonly id: number; readonly run: WatchedRun }
  | { readonly kind: "ended"; readonly id: number; readonly ending: RunEnding; readonly transaction?: unknown };

/** What the hosting process is told, and what it answers. */
export type ToHost =
  | { readonly kind: "start"; readonly setup: WorkerSetup; readonly workers: number; readonly workerMemory: number }
  | { readonly kind: "run"; readonly request: RunRequest };

export type FromHost = { readonly kind: "result"; readonly result: RunResult };
