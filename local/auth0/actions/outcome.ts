import type { Actor, TransactionMetadata } from "../../../types/auth0-actions/post-login-event.d.ts";
import type { ExchangedUser } from "./api/custom-token-exchange.ts";
import type { LoginContext } from "./login-context.ts";

/** One Action of a run, for the tenant's log and for who watches. */
export interface ActionRun {
  readonly actionId: string;
  readonly actionName: string;
  readonly versionId: string;
  readonly bindingId: string;
  /** Milliseconds since the epoch, the tenant's clock. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** Milliseconds with fraction, measured around the handler. */
  readonly durationMs: number;
  /** What it printed, cut at 256 KiB. */
  readonly output: string;
  readonly effect: ActionEffect;
  /** What it asked for, one line a call, names only: `accessToken.setCustomClaim https://api/email`. */
  readonly commands: readonly string[];
  readonly error?: ActionFailure;
}

export type ActionEffect = "none" | "changed" | "denied" | "redirected" | "challenged" | "failed";

export interface ActionFailure {
  readonly errorClass: "action_error" | "action_timeout" | "platform_error";
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  /** What that came of, and so on, in one line: `fetch` says nothing else of a connection that failed. */
  readonly cause?: string;
  /** Where in the Action: `greet.js:12:5`. */
  readonly place?: string;
  /** What to do about it: for the tenant's log, not for the client. */
  readonly hint?: string;
}

export interface Ran {
  /** Names the run in `GET /api/v2/actions/executions/{id}`; absent when no Action is bound. */
  readonly executionId?: string;
  readonly actions: readonly ActionRun[];
  /** For `details.actions` of the login's own log entry (`s`, `f`, `sertft`, …); absent when no Action is bound. */
  readonly logDetails?: ActionsLogDetails;
}

/** `executions` is Auth0's; `results` is what somebody at the terminal wants to see without asking for them. */
export interface ActionsLogDetails {
  readonly executions: readonly string[];
  readonly results: readonly {
    readonly action_name: string;
    readonly version_id: string;
    readonly duration_ms: number;
    readonly effect: ActionEffect;
    readonly commands: readonly string[];
    /** The first 256 characters, as many as Auth0 stores. */
    readonly output: string;
    readonly error?: Pick<ActionFailure, "cause" | "message" | "name" | "place">;
  }[];
}

/** What becomes of a session or a refresh token, where an Action said so. */
interface TokenChanges {
  /** Milliseconds since the epoch: the earliest asked for. Can only shorten. */
  readonly expiresAt?: number;
  readonly idleExpiresAt?: number;
  /** The whole metadata as it is to be saved. */
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface LoginCompleted extends Ran {
  readonly kind: "completed";
  /** As asked for: `issueClaims` (api/issue-claims.ts) says what becomes of them in a token. */
  readonly accessTokenClaims: ReadonlyMap<string, unknown>;
  readonly idTokenClaims: ReadonlyMap<string, unknown>;
  /** Direct changes: `issueScopes` (api/issue-scopes.ts) applies them after RBAC, overriding it. */
  readonly scopeChanges: ReadonlyMap<string, "add" | "remove">;
  /** The scopes to authorise instead of those asked for; absent when no Action touched them. Filter by policy. */
  readonly targetScopes?: readonly string[];
  /** The user the tokens are for: another than before after `api.authentication.setPrimaryUser`. */
  readonly userId: string;
  readonly session: TokenChanges & { readonly cookieMode?: "persistent" | "non-persistent" };
  readonly refreshToken: TokenChanges;
  /** To be added to the session's authentication methods. */
  readonly recordedMethods: readonly { readonly name: string; readonly at: number }[];
  /** `multifactor.enable`: any factor, at the end of the login. */
  readonly asksMultifactor: boolean;
  readonly transactionMetadata: Readonly<TransactionMetadata>;
  /** Asked for and not carried out here: a factor, a form. Already in the log. */
  readonly notCarriedOut: readonly string[];
}

/** `access_denied` with the reason. The session stands unless it is revoked. */
export interface LoginDenied extends Ran {
  readonly kind: "denied";
  readonly reason: string;
  /** `custom_validation`: `api.validation.error`, with the Action's own code. */
  readonly by: "access.deny" | "session.revoke" | "refreshToken.revoke" | "validation.error";
  readonly validationCode?: string;
  readonly preserveRefreshTokens?: boolean;
}

/** The browser goes to `url` with `state` added; `/continue` with that state leads to `resumePostLogin`. */
export interface LoginRedirected extends Ran {
  readonly kind: "redirected";
  readonly url: string;
  readonly suspended: SuspendedLogin;
}

/** An Action threw, ran out of time or could not be loaded: `access_denied` with the message. */
export interface LoginFailed extends Ran {
  readonly kind: "failed";
  readonly error: ActionFailure;
}

/** The login goes on after the Action once the user has passed, or set up, one of these factors. */
export interface LoginFactorAsked extends Ran {
  readonly kind: "factor-asked";
  readonly type: "challenge" | "enroll";
  /** By their names in an Action: `otp`, `email`, `push-notification`, … */
  readonly factors: readonly string[];
  readonly suspended: SuspendedLogin;
}

export type LoginOutcome = LoginCompleted | LoginDenied | LoginRedirected | LoginFactorAsked | LoginFailed;

/** Plain data: keep it under the opaque state that the browser carries, hand it back once. */
export interface SuspendedLogin {
  readonly context: LoginContext;
  /** The Action that redirected. By its own id: every change of the bindings gives those new ones. */
  readonly actionId: string;
  /** The run that began before the redirect. */
  readonly executionId: string;
  /** Whether a factor was asked for, and not a redirect. */
  readonly isAtFactor: boolean;
  /** The runtime's own record of what was asked for so far, opaque to others. */
  readonly asked: string;
}

interface ExchangeCompleted extends Ran {
  readonly kind: "completed";
  /** For `issueClaims`. */
  readonly accessTokenClaims: ReadonlyMap<string, unknown>;
  /** To be intersected with the client grant; absent when no Action touched them. */
  readonly targetScopes?: readonly string[];
}

interface ExchangeDenied extends Ran {
  readonly kind: "denied";
  readonly code: "invalid_scope" | "invalid_request" | "server_error";
  readonly reason: string;
}

export type ExchangeOutcome = ExchangeCompleted | ExchangeDenied | LoginFailed;

interface RegistrationCompleted extends Ran {
  readonly kind: "completed";
  /** Of the new user, where Actions have set some: whole, with what was there before. */
  readonly metadata: Readonly<Partial<Record<"app_metadata" | "user_metadata", Readonly<Record<string, unknown>>>>>;
}

interface RegistrationDenied extends Ran {
  readonly kind: "denied";
  /** For the log. */
  readonly reason: string;
  readonly userMessage: string;
}

export type RegistrationOutcome = RegistrationCompleted | RegistrationDenied | LoginFailed;

interface TokenExchangeCompleted extends Ran {
  readonly kind: "completed";
  /** To be found, made or brought up to date. */
  readonly user: ExchangedUser;
  /** To be written to that user; null removes a key. */
  readonly appMetadata: ReadonlyMap<string, unknown>;
  readonly userMetadata: ReadonlyMap<string, unknown>;
  /** Id or name. */
  readonly organization?: string;
  /** For `event.transaction.actor` of the Actions after it. No refresh token then. */
  readonly actor?: Actor;
}

interface TokenExchangeDenied extends Ran {
  readonly kind: "denied";
  /** The OAuth error. */
  readonly code: string;
  readonly reason: string;
  /** Whether it counts against the address that asks. */
  readonly isTokenRejected: boolean;
}

export type TokenExchangeOutcome = TokenExchangeCompleted | TokenExchangeDenied | LoginFailed;
