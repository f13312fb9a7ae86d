import { deserialize, serialize } from "node:v8";
import type { Tenant } from "../../tenant.ts";
import type { PostLoginEffect } from "../api/effects.ts";
import type { PostLoginTransaction } from "../api/transaction.ts";
import type { LoginContext } from "../login-context.ts";
import type { LoginCompleted, LoginDenied, LoginFailed, LoginOutcome, SuspendedLogin } from "../outcome.ts";
import type { StoppingStep } from "../runtime/protocol.ts";
import type { RunRecord } from "./record-run.ts";

/** What the Actions of a login have asked for, before and after its redirects. */
export interface Asked {
  readonly transaction: PostLoginTransaction;
  readonly recordedMethods: LoginCompleted["recordedMethods"];
  readonly asksMultifactor: boolean;
}

/** Other flows have denials of their own. */
export type LoginStop = Extract<
  StoppingStep,
  { type: "challenge" | "deny" | "enroll" | "redirect" | "validation-error" }
>;

type Record = RunRecord | { readonly actions: readonly [] };

export interface Completion extends Asked {
  readonly userId: string;
  /** Target scopes before the first Action. */
  readonly initialScopes: readonly string[];
  readonly notCarriedOut: readonly string[];
}

export function describeCompletion(record: Record, completion: Completion): LoginCompleted {
  const { asksMultifactor, initialScopes, notCarriedOut, recordedMethods, transaction, userId } = completion;
  const { claims, metadata, refreshToken, scopeOperations, session, targetScopes } = transaction;
  const areTargetScopesChanged = targetScopes.join(" ") !== initialScopes.join(" ");
  return {
    kind: "completed",
    accessTokenClaims: claims.accessToken,
    idTokenClaims: claims.idToken,
    scopeChanges: scopeOperations,
    ...(areTargetScopesChanged && { targetScopes }),
    userId,
    session,
    refreshToken,
    recordedMethods,
    asksMultifactor,
    transactionMetadata: Object.fromEntries(metadata),
    notCarriedOut,
    ...record,
  };
}

export function describeStop(step: LoginStop, context: LoginContext, record: RunRecord, asked: Asked): LoginOutcome {
  switch (step.type) {
    case "deny":
      return { kind: "denied", reason: step.reason, ...describeRevocation(step.revokes), ...record };
    case "validation-error":
      return { kind: "denied", reason: step.message, by: "validation.error", validationCode: step.code, ...record };
    case "redirect":
      return { kind: "redirected", url: step.url, suspended: suspend(context, record, asked, false), ...record };
    case "challenge":
    case "enroll": {
      const factors = step.factors.map((factor) => String((factor as { readonly type?: unknown }).type));
      return {
        kind: "factor-asked",
        type: step.type,
        factors,
        suspended: suspend(context, record, asked, true),
        ...record,
      };
    }
  }
}

/** Something went wrong outside of any Action. */
export function describeBreakdown(message: string): LoginFailed {
  return { kind: "failed", error: { errorClass: "platform_error", name: "Error", message }, actions: [] };
}

function suspend(
  context: LoginContext,
  record: RunRecord,
  { transaction, ...others }: Asked,
  isAtFactor: boolean,
): SuspendedLogin {
  const actionId = record.actions.at(-1)?.actionId ?? "";
  // Metadata is written by now, and the cache is the trigger's.
  const rest = { ...transaction, appMetadata: new Map(), userMetadata: new Map(), cache: new Map() };
  const asked = serialize({ transaction: rest, ...others }).toString("base64");
  return { context, actionId, executionId: record.executionId, asked, isAtFactor };
}

/** The last word of these Actions on it; undefined where none had one. Whatever the provider is, this tenant has its own. */
export function asksMultifactor(effects: readonly PostLoginEffect[]): boolean | undefined {
  const last = effects.filter((effect) => effect.type === "enable-multifactor").at(-1);
  return last && last.provider !== "none";
}

export function readSuspended({ asked }: SuspendedLogin): Asked {
  return deserialize(Buffer.from(asked, "base64")) as Asked;
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

export function listRecordedMethods(effects: readonly PostLoginEffect[], at: number): Asked["recordedMethods"] {
  return effects.flatMap((effect) => (effect.type === "record-method" ? [{ name: effect.url, at }] : []));
}

const NOT_CARRIED_OUT: ReadonlySet<string> = new Set<PostLoginEffect["type"]>([
  "render-prompt",
  "set-saml-attribute",
  "set-saml-configuration",
]);

/** What this tenant accepts and has no means for, a line each. */
export function logNotCarriedOut(
  { log }: Pick<Tenant, "log">,
  effects: readonly { readonly type: string }[],
): readonly string[] {
  const types = [...new Set(effects.map(({ type }) => type).filter((type) => NOT_CARRIED_OUT.has(type)))];
  for (const type of types) log(`actions: not carried out by the local tenant: ${type}`);
  return types;
}
