import type { LoginContext, TransactionParameters } from "../../local/auth0/actions/login-context.ts";
import type { LoginOutcome } from "../../local/auth0/actions/outcome.ts";
import type { LocalTenantOptions } from "../../local/auth0/server.ts";
import type { ActionDependency, ActionModuleRef } from "../../local/auth0/state/action.ts";
import type { User } from "../../local/auth0/state/user.ts";
import type { Tenant } from "../../local/auth0/tenant.ts";
import { startTestTenant } from "./local-tenant.ts";

export const API = "https://api.example.com/";
const USER_ID = "auth0|ada";

export interface TestAction {
  readonly name?: string;
  readonly code: string;
  readonly dependencies?: readonly ActionDependency[];
  readonly secrets?: Readonly<Record<string, string>>;
  readonly modules?: readonly ActionModuleRef[];
}

export interface TenantWithActions {
  readonly tenant: Tenant;
  readonly log: readonly string[];
  /** Deploys and binds these, and nothing else. A string is the body of `onExecutePostLogin`. */
  bind(...actions: readonly (string | TestAction)[]): void;
  bindTo(trigger: string, ...actions: readonly TestAction[]): void;
  addUser(changes?: Partial<User>): User;
  readUser(id?: string): User | undefined;
  login(changes?: LoginChanges): Promise<LoginOutcome>;
  close(): Promise<void>;
}

export type LoginChanges = Partial<Omit<LoginContext, "transaction">> & {
  readonly transaction?: Partial<TransactionParameters>;
};

/** A started tenant, its Actions put where a deploy puts them, and logins as the Authentication API hands them over. */
export async function startTenantWithActions(options: Partial<LocalTenantOptions> = {}): Promise<TenantWithActions> {
  const log: string[] = [];
  const { tenant, close } = await startTestTenant({ log: (line) => log.push(line), ...options });
  const bindTo: TenantWithActions["bindTo"] = (trigger, ...actions) => bindActions(tenant, trigger, actions);
  const addUser: TenantWithActions["addUser"] = (changes = {}) => {
    const user = buildUser(changes);
    return tenant.state.users.set(user.user_id, user);
  };
  addUser();
  return {
    tenant,
    log,
    bind: (...actions) =>
      bindTo("post-login", ...actions.map((action) => (typeof action === "string" ? handler(action) : action))),
    bindTo,
    addUser,
    readUser: (id = USER_ID) => tenant.state.users.get(id),
    login: (changes) => tenant.actions.runPostLogin(buildLogin(changes)),
    close,
  };
}

/** Deploys these and binds them to the trigger, and nothing else. */
export function bindActions(tenant: Tenant, trigger: string, actions: readonly TestAction[]): void {
  const bindings = actions.map((action) => {
    const number = tenant.state.actions.size + 1;
    const id = `action-${number}`;
    putAction(tenant, trigger, id, { name: id, ...action });
    return { id: `binding-${number}`, action_id: id, display_name: action.name ?? id, ...MADE };
  });
  tenant.state.triggerBindings.set(trigger, { trigger_id: trigger, bindings });
}

/** An Action whose handler has this body. */
export function handler(body: string): TestAction {
  return { code: `exports.onExecutePostLogin = async (event, api) => { ${body} };` };
}

export function buildLogin({ transaction, ...changes }: LoginChanges = {}): LoginContext {
  return {
    protocol: "oidc-basic-profile",
    userId: USER_ID,
    client: {
      client_id: "spa",
      name: "Example SPA",
      client_secret: "not to be seen",
      client_metadata: { tier: "gold" },
    },
    connection: { id: "con_database", name: "Username-Password-Authentication", strategy: "auth0" },
    audience: API,
    authenticationMethods: [{ name: "pwd", at: Date.parse("2026-11-20T12:00:00.000Z") }],
    request: { ip: "127.0.0.1", method: "GET", hostname: "localhost", query: { client_id: "spa" }, body: {} },
    transaction: { id: "txn", requestedScopes: ["openid", "get:users"], ...transaction },
    ...changes,
  };
}

export function completed(outcome: LoginOutcome): Extract<LoginOutcome, { kind: "completed" }> {
  if (outcome.kind !== "completed") throw new Error(`The login did not complete: ${JSON.stringify(outcome)}`);
  return outcome;
}

/** What each Action of a run printed. */
export function outputs(outcome: LoginOutcome): string[] {
  return outcome.actions.map(({ output }) => output);
}

const MADE = { created_at: "2026-11-20T12:00:00.000Z", updated_at: "2026-11-20T12:00:00.000Z" } as const;

function buildUser(changes: Partial<User>): User {
  return {
    user_id: USER_ID,
    email: "ada@example.org",
    email_verified: true,
    identities: [
      { connection: "Username-Password-Authentication", isSocial: false, provider: "auth0", user_id: "ada" },
    ],
    logins_count: 1,
    last_ip: "127.0.0.1",
    ...MADE,
    ...changes,
  };
}

function putAction(tenant: Tenant, trigger: string, id: string, action: TestAction & { readonly name: string }): void {
  const { name, code, dependencies = [], modules = [], secrets = {} } = action;
  const content = {
    code,
    dependencies,
    modules,
    runtime: "node22",
    secrets: Object.entries(secrets).map(([key, value]) => ({ name: key, value, updated_at: MADE.updated_at })),
  };
  const supported_triggers = [{ id: trigger, version: trigger === "post-login" ? "v3" : "v2" }];
  const versionId = `${id}-version`;
  tenant.state.actions.set(id, {
    id,
    name,
    supported_triggers,
    draft: content,
    build: { requested_at: 0, failures: [] },
    version_ids: [versionId],
    last_version_number: 1,
    ...MADE,
  });
  const identity = { id: versionId, action_id: id, number: 1, supported_triggers };
  tenant.state.actionVersions.set(versionId, {
    ...content,
    ...identity,
    requested_at: 0,
    built_at: MADE.created_at,
    ...MADE,
  });
}
