export interface ActionTrigger {
  readonly id: string;
  readonly version: string;
}

export interface ActionDependency {
  readonly name: string;
  /** Exact: a blank or `latest` is pinned when the draft is saved. */
  readonly version: string;
}

export interface ActionSecret {
  readonly name: string;
  /** For the runtime alone. No endpoint shows it, no log carries it. */
  readonly value: string;
  readonly updated_at: string;
}

export interface ActionModuleRef {
  readonly module_id: string;
  readonly module_version_id: string;
}

/** What runs: the same in a draft and in a version. */
export interface ActionContent {
  readonly code: string;
  readonly runtime: string;
  readonly dependencies: readonly ActionDependency[];
  readonly secrets: readonly ActionSecret[];
  readonly modules: readonly ActionModuleRef[];
}

/** A build that was asked for (actions/build/): its outcome shows when its time has come. */
export interface ActionBuild {
  /** Milliseconds since the epoch. */
  readonly requested_at: number;
  /** While packages are on their way: how it ends is not known yet. */
  readonly installing?: { readonly thenDeploy: boolean };
  /** Why it fails; empty for one that succeeds. */
  readonly failures: readonly string[];
}

export interface Action {
  readonly id: string;
  readonly name: string;
  /** Exactly one. */
  readonly supported_triggers: readonly ActionTrigger[];
  readonly draft: ActionContent;
  readonly build: ActionBuild;
  /** Versions that are kept, the oldest first. */
  readonly version_ids: readonly string[];
  /** Versions that were dropped count as well, so that a number is never used twice. */
  readonly last_version_number: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** A deployed state of an Action. The one with the highest number is live, once its own build is over. */
export interface ActionVersion extends ActionContent {
  readonly id: string;
  readonly action_id: string;
  /** From 1, rising by 1 a deploy. */
  readonly number: number;
  readonly supported_triggers: readonly ActionTrigger[];
  /** When its deploy starts, in milliseconds since the epoch. */
  readonly requested_at: number;
  readonly created_at: string;
  readonly built_at: string;
  readonly updated_at: string;
}

/** The Actions of one trigger, in the order in which they run; the record's id is the trigger's. */
export interface TriggerBindings {
  readonly trigger_id: string;
  readonly bindings: readonly ActionBinding[];
}

export interface ActionBinding {
  readonly id: string;
  readonly action_id: string;
  readonly display_name: string;
  readonly created_at: string;
  readonly updated_at: string;
}

/** One run of a trigger's Actions, written by the runtime. */
export interface ActionExecution {
  readonly id: string;
  readonly trigger_id: string;
  readonly status: "unspecified" | "pending" | "final" | "partial" | "canceled" | "suspended";
  readonly results: readonly ActionResult[];
  readonly created_at: string;
  readonly updated_at: string;
}

interface ActionResult {
  readonly action_name: string;
  readonly error?: { readonly id: string; readonly msg: string; readonly url: string };
  readonly started_at: string;
  readonly ended_at: string;
}

export interface ActionModule {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly dependencies: readonly ActionDependency[];
  readonly secrets: readonly ActionSecret[];
  readonly last_version_number: number;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface ActionModuleVersion {
  readonly id: string;
  readonly module_id: string;
  readonly version_number: number;
  readonly code: string;
  readonly dependencies: readonly ActionDependency[];
  readonly secrets: readonly ActionSecret[];
  readonly created_at: string;
}
