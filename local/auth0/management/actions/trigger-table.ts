import type { ActionTrigger } from "../../state/action.ts";

export interface TriggerDefinition extends ActionTrigger {
  readonly status: "CURRENT" | "DEPRECATED";
  readonly runtimes: readonly string[];
  readonly default_runtime: string;
  /** Bound in an order to the trigger, or each to an entity of its own (a connection, an event stream). */
  readonly binding_policy: "trigger-bound" | "entity-bound";
  /** Versions from which an Action may be upgraded to this one. */
  readonly compatible_triggers: readonly ActionTrigger[];
}

type Row = readonly [id: string, version: string, status: "CURRENT" | "DEPRECATED", runtimes: readonly string[]];

const BOTH = ["node18-actions", "node22"];

/** Triggers as a tenant listed them in August 2026. */
const TRIGGER_BOUND: readonly Row[] = [
  ["post-login", "v3", "CURRENT", BOTH],
  ["post-login", "v1", "DEPRECATED", ["node22"]],
  ["post-login", "v2", "DEPRECATED", ["node18", "node22"]],
  ["credentials-exchange", "v2", "CURRENT", BOTH],
  ["credentials-exchange", "v1", "DEPRECATED", ["node22"]],
  ["pre-user-registration", "v2", "CURRENT", BOTH],
  ["pre-user-registration", "v1", "DEPRECATED", ["node22"]],
  ["post-user-registration", "v1", "DEPRECATED", ["node22"]],
  ["post-user-registration", "v2", "CURRENT", BOTH],
  ["post-change-password", "v1", "DEPRECATED", ["node22"]],
  ["post-change-password", "v2", "CURRENT", BOTH],
  ["send-phone-message", "v2", "CURRENT", BOTH],
  ["send-phone-message", "v1", "DEPRECATED", ["node22"]],
  ["password-reset-post-challenge", "v1", "CURRENT", BOTH],
  ["custom-phone-provider", "v1", "CURRENT", BOTH],
  ["custom-email-provider", "v1", "CURRENT", BOTH],
];

/**
 * Actions of these are named by what they serve: a token exchange profile, an event stream, a connection, a tool. The same list as
 * above. Tenants answered a request for their bindings with an empty list, recorded in 2026; earlier ones refused it with 400.
 */
const ENTITY_BOUND: readonly Row[] = [
  ["custom-token-exchange", "v1", "CURRENT", ["node18", "node22"]],
  ["event-stream", "v1", "CURRENT", ["node22"]],
  ["password-hash-migration", "v1", "CURRENT", ["node22"]],
  ["mcp-tool", "v1", "CURRENT", ["node22"]],
];

/**
 * Triggers that clients of the API know and tenants do not list. That they are bound in an order is what their names suggest.
 * Source: `ActionTriggerTypeEnum` of the `auth0` package, and public Actions.
 */
const UNLISTED: readonly Row[] = [
  ["login-post-identifier", "v1", "CURRENT", ["node22"]],
  ["signup-post-identifier", "v1", "CURRENT", ["node22"]],
  ["post-credential-validation", "v1", "CURRENT", ["node22"]],
];

/** Deprecated triggers still name the runtime that they once began with, one that no Action can have any more. */
const FORMER_RUNTIME: Readonly<Record<string, string>> = { "post-login v2": "node16" };

/** What a tenant lists. */
export const LISTED_TRIGGERS: readonly TriggerDefinition[] = [
  ...TRIGGER_BOUND.map((row) => toDefinition(row, "trigger-bound")),
  ...ENTITY_BOUND.map((row) => toDefinition(row, "entity-bound")),
];

export const TRIGGERS: readonly TriggerDefinition[] = [
  ...LISTED_TRIGGERS,
  ...UNLISTED.map((row) => toDefinition(row, "trigger-bound")),
];

/** Whether an Action of the trigger can have the runtime. `node18-actions` is `node18` too, as the auth0 CLI calls it. */
export function runsOn({ runtimes }: Pick<TriggerDefinition, "runtimes">, runtime: string): boolean {
  return runtimes.includes(runtime) || (runtime === "node18" && runtimes.includes("node18-actions"));
}

/** Auth0 keeps no flow of it: each of its Actions belongs to a token exchange profile, an event stream or the like. */
export function isEntityBound(id: string): boolean {
  return TRIGGERS.some((trigger) => trigger.id === id && trigger.binding_policy === "entity-bound");
}

export const TRIGGER_IDS: readonly string[] = [...new Set(TRIGGERS.map(({ id }) => id))];

export function findTrigger(id: string, version: string): TriggerDefinition | undefined {
  return TRIGGERS.find((trigger) => trigger.id === id && trigger.version === version);
}

export function currentVersion(id: string): string {
  return TRIGGERS.find((trigger) => trigger.id === id && trigger.status === "CURRENT")?.version ?? "v1";
}

function toDefinition(
  [id, version, status, runtimes]: Row,
  binding_policy: TriggerDefinition["binding_policy"],
): TriggerDefinition {
  return {
    id,
    version,
    status,
    runtimes,
    default_runtime: status === "CURRENT" ? "node22" : (FORMER_RUNTIME[`${id} ${version}`] ?? "node12"),
    binding_policy,
    compatible_triggers: id === "post-login" && version === "v3" ? [{ id, version: "v2" }] : [],
  };
}
