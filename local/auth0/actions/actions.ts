import type { CloudEvent } from "../state/event-stream.ts";
import type { ActionRequest, ExchangeContext, LoginContext } from "./login-context.ts";
import type { Mail, PhoneMessage } from "./mail.ts";
import type {
  ExchangeOutcome,
  LoginOutcome,
  RegistrationOutcome,
  SuspendedLogin,
  TokenExchangeOutcome,
} from "./outcome.ts";
import type { PasswordResetContext, PasswordResetOutcome, SuspendedReset } from "./password-reset-context.ts";
import type { LiveAction } from "./pipeline/bound-actions.ts";
import type { TriggerRun } from "./pipeline/pipeline.ts";
import type { PasswordChangeContext, RegisteredContext, RegistrationContext } from "./registration-context.ts";
import type { RunResult } from "./runtime/protocol.ts";
import type { SkippedTrigger } from "./skipped-triggers.ts";
import type { TokenExchangeContext } from "./token-exchange-context.ts";

/**
 * The tenant's Actions as the Authentication API sees them (`tenant.actions`). Nothing rejects because of an Action: what
 * goes wrong inside one is an outcome. Metadata is written to the user, and the run logged, before a promise fulfils.
 */
export interface Actions {
  /** Every login, silent login and refresh exchange. Completes at once when no Action is bound. */
  runPostLogin(login: LoginContext): Promise<LoginOutcome>;
  /**
   * Goes on in the Action that redirected, or after the one that asked for a factor. `request` is that of `/continue`, its `state`
   * in the query or the body, or that of the factor's page; `methods` are those of the session by now. Use a suspended login
   * once: forget it before calling.
   */
  resumePostLogin(
    suspended: SuspendedLogin,
    request: ActionRequest,
    methods?: LoginContext["authenticationMethods"],
  ): Promise<LoginOutcome>;
  runCredentialsExchange(exchange: ExchangeContext): Promise<ExchangeOutcome>;
  /** The Action of a token exchange profile, before the user is known. Fails when it is not deployed. */
  runCustomTokenExchange(exchange: TokenExchangeContext): Promise<TokenExchangeOutcome>;
  /** Before a user of a database is stored. Completes at once when no Action is bound. */
  runPreUserRegistration(registration: RegistrationContext): Promise<RegistrationOutcome>;
  /** After that. Nobody waits for it. */
  runPostUserRegistration(registered: RegisteredContext): void;
  /** After a password of a database was changed. Nobody waits for it. */
  runPostChangePassword(change: PasswordChangeContext): void;
  /** Between the link of a reset and the new password. Completes at once when no Action is bound. */
  runPasswordReset(reset: PasswordResetContext): Promise<PasswordResetOutcome>;
  /** Goes on in the Action that redirected, as `resumePostLogin`. */
  resumePasswordReset(suspended: SuspendedReset, request: ActionRequest): Promise<PasswordResetOutcome>;
  /** The Action that an event stream names. Tells why the event was not delivered. */
  runEventStream(actionId: string, event: CloudEvent): Promise<string | undefined>;
  /** A mail of a tenant whose email provider is `custom`; else nothing. Nobody waits for it. */
  deliverMail(mail: Mail): void;
  /** A text of a tenant whose phone provider is `custom`; else nothing. Nobody waits for it. */
  deliverPhoneMessage(message: PhoneMessage): void;
  /** Where Actions would run whose trigger this tenant does not have: a line in its log. */
  skip(trigger: SkippedTrigger): void;
  /** What a client at the token endpoint is told when an Action denied or failed (settings.ts). */
  readonly deniedStatus: 403 | 500;
  /** What becomes of a login that is asked for a factor which this tenant does not have (settings.ts). */
  readonly unavailableStep: "passed-over" | "fails";
  /** Whether users that the Management API makes and changes pass by Actions, too (settings.ts). */
  readonly runAtManagement: boolean;
  /**
   * Runs an event again that Actions have had (`onRun`), through these or those that are live now. Nothing that they ask for is carried
   * out.
   */
  replay(run: TriggerRun, actions?: readonly LiveAction[]): Promise<RunResult>;
  /** Starts the process that Actions run in before one does, for a debugger to attach. */
  start(): Promise<void>;
  /** Ends the process that Actions run in. */
  close(): Promise<void>;
}
