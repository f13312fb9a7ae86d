import { deserialize, serialize } from "node:v8";
import type { User } from "../../state/user.ts";
import type { PostLoginEffect } from "../api/effects.ts";
import type { PostLoginTransaction } from "../api/transaction.ts";
import { startTransaction } from "../api/transaction.ts";
import { buildPostLoginEvent } from "../event/post-login-event.ts";
import { readEffectiveRoles } from "../event/roles.ts";
import type { ActionRequest, LoginContext } from "../login-context.ts";
import type {
  ActionFailure,
  LoginCompleted,
  LoginDenied,
  LoginFailed,
  LoginOutcome,
  SuspendedLogin,
  TokenChanges,
} from "../outcome.ts";
import { describeFailure } from "../runtime/failure.ts";
import type { RunResult, StoppingStep } from "../runtime/protocol.ts";
import { applyUserChanges } from "./apply-user-changes.ts";
import { type LiveAction, listLiveActions } from "./bound-actions.ts";
import { type Pipeline, runTrigger } from "./pipeline.ts";
import { type RunRecord, recordRun } from "./record-run.ts";

/** What a redirect must not lose, beside the login's context. */
interface Asked {
  readonly transaction: PostLoginTransaction;
  readonly recordedMethods: LoginCompleted["recordedMethods"];
}

interface Resumed extends Asked {
  readonly executionId: string;
}

/** A client credentials exchange has denials of its own. */
type LoginStop = Exclude<StoppingStep, { type: "deny-exchange" }>;

export function runPostLogin(pipeline: Pipeline, context: LoginContext): Promise<LoginOutcome> {
  return runLogin(pipeline, context, listLiveActions(pipeline.tenant, "post-login"));
}

export function resumePostLogin(
  pipeline: Pipeline,
  suspended: SuspendedLogin,
  request: ActionRequest,
): Promise<LoginOutcome> {
  const { actionId, asked, executionId } = suspended;
  const actions = listLiveActions(pipeline.tenant, "post-login");
  const at = actions.findIndex(({ bound }) => bound.actionId === actionId);
  if (at === -1) return Promise.resolve(failWith("The Action that redirected is not bound any more."));
  const context = { ...suspended.context, request };
  const resumed = { ...(deserialize(Buffer.from(asked, "base64")) as Asked), executionId };
  return runLogin(pipeline, context, actions.slice(at), resumed);
}

async function runLogin(
  pipeline: Pipeline,
  context: LoginContext,
  actions: readonly LiveAction[],
  resumed?: Resumed,
): Promise<LoginOutcome> {
  const { settings, tenant } = pipeline;
  const user = tenant.state.users.get(context.userId);
  if (user === undefined) return failWith("The user has been deleted.");
  const roles = readEffectiveRoles(tenant, context.userId, context.organizationId);
  const event = buildPostLoginEvent(tenant, context, { user, roles, hasTargetScopes: settings.targetScopes });
  const before = resumed?.transaction ?? startTransaction(event);
  const recordedMethods = resumed?.recordedMethods ?? [];
  const initialScopes = event.transaction?.target_scopes ?? [];
  if (actions.length === 0)
    return complete({ actions: [] }, { userId: user.user_id, transaction: before, initialScopes, recordedMethods }, []);

  const run = { trigger: "post-login", actions, event, roles } as const;
  const ran = await runTrigger(pipeline, { ...run, ...(resumed && { transaction: before }) });
  const { result, userId } = applyResult(pipeline, context, ran);
  const record = recordRun(pipeline, {
    trigger: "post-login",
    result,
    who: describeWho(context, user),
    ...(resumed && { executionId: resumed.executionId }),
  });
  if (result.ending.kind === "failed") return { kind: "failed", error: result.ending.error, ...record };

  const transaction = result.transaction as PostLoginTransaction;
  const effects = result.effects as readonly PostLoginEffect[];
  const allMethods = [...recordedMethods, ...listRecordedMethods(effects, tenant.clock())];
  if (result.ending.kind === "stopped") {
    return stop(result.ending.step as LoginStop, context, record, { transaction, recordedMethods: allMethods });
  }
  for (const line of listNotCarriedOut(effects)) tenant.log(`actions: not carried out by the local tenant: ${line}`);
  return complete(
    record,
    { userId, transaction, initialScopes, recordedMethods: allMethods },
    listNotCarriedOut(effects),
  );
}

/**
 * Metadata is written once, at the end or before the browser leaves; also when the login was denied, which does not cancel what
 * concerns the user. The login of a user who cannot be made primary fails.
 */
function applyResult(
  { settings, tenant }: Pipeline,
  { userId }: LoginContext,
  result: RunResult,
): { readonly result: RunResult; readonly userId: string } {
  const transaction = result.transaction as PostLoginTransaction | undefined;
  const isDiscarded = result.ending.kind === "failed" && settings.metadataOnFailure === "discarded";
  if (transaction === undefined || isDiscarded) return { result, userId };
  try {
    return { result, userId: applyUserChanges(tenant, userId, transaction) };
  } catch (error) {
    return { result: { ...result, ending: { kind: "failed", error: describeFailure(error) } }, userId };
  }
}

function stop(
  step: LoginStop,
  context: LoginContext,
  record: RunRecord,
  { transaction, recordedMethods }: Asked,
): LoginOutcome {
  switch (step.type) {
    case "deny":
      return { kind: "denied", reason: step.reason, ...describeRevocation(step.revokes), ...record };
    case "validation-error":
      return { kind: "denied", reason: step.message, by: "validation.error", validationCode: step.code, ...record };
    case "redirect": {
      const actionId = record.actions.at(-1)?.actionId ?? "";
      // Written by now.
      const kept = { ...transaction, appMetadata: new Map(), userMetadata: new Map(), cache: new Map() };
      const asked = serialize({ transaction: kept, recordedMethods }).toString("base64");
      return {
        kind: "redirected",
        url: step.url,
        suspended: { context, actionId, executionId: record.executionId, asked },
        ...record,
      };
    }
  }
}

function describeRevocation(
  revokes: Extract<LoginStop, { type: "deny" }>["revokes"],
): Pick<LoginDenied, "by" | "preserveRefreshTokens"> {
  switch (revokes) {
    case "nothing":
      return { by: "access.deny" };
    case "refresh-token":
      return { by: "refreshToken.revoke" };
    case "session":
      return { by: "session.revoke", preserveRefreshTokens: true };
    case "session-and-refresh-tokens":
      return { by: "session.revoke", preserveRefreshTokens: false };
  }
}

function complete(
  record: RunRecord | { readonly actions: readonly [] },
  {
    userId,
    transaction,
    initialScopes,
    recordedMethods,
  }: Asked & { readonly userId: string; readonly initialScopes: readonly string[] },
  notCarriedOut: readonly string[],
): LoginCompleted {
  const { claims, scopeOperations, session, refreshToken, targetScopes } = transaction;
  const areTargetScopesChanged = targetScopes.join(" ") !== initialScopes.join(" ");
  return {
    kind: "completed",
    accessTokenClaims: claims.accessToken,
    idTokenClaims: claims.idToken,
    scopeChanges: scopeOperations,
    ...(areTargetScopesChanged && { targetScopes }),
    userId,
    session,
    refreshToken: refreshToken satisfies TokenChanges,
    recordedMethods,
    transactionMetadata: Object.fromEntries(transaction.metadata),
    notCarriedOut,
    ...record,
  };
}

function listRecordedMethods(effects: readonly PostLoginEffect[], at: number): LoginCompleted["recordedMethods"] {
  return effects.flatMap((effect) => (effect.type === "record-method" ? [{ name: effect.url, at }] : []));
}

const NOT_CARRIED_OUT = new Set<PostLoginEffect["type"]>([
  "challenge",
  "enroll",
  "enable-multifactor",
  "render-prompt",
  "set-saml-attribute",
  "set-saml-configuration",
]);

function listNotCarriedOut(effects: readonly PostLoginEffect[]): string[] {
  return [...new Set(effects.map(({ type }) => type).filter((type) => NOT_CARRIED_OUT.has(type)))];
}

function describeWho({ client, connection, request, audience, organizationId }: LoginContext, user: User) {
  return {
    client_id: client.client_id,
    client_name: client.name,
    connection: connection.name,
    connection_id: connection.id,
    strategy: connection.strategy,
    ip: request.ip,
    hostname: request.hostname,
    user_agent: request.userAgent ?? null,
    user_id: user.user_id,
    audience: audience ?? null,
    organization_id: organizationId ?? null,
  };
}

function failWith(message: string): LoginFailed {
  const error: ActionFailure = { errorClass: "platform_error", name: "Error", message };
  return { kind: "failed", error, actions: [] };
}
