import type { LoginOutcome, SuspendedLogin } from "../actions/outcome.ts";
import { newSecret } from "../digest.ts";
import type { Factor } from "../mfa/factors.ts";
import type { Tenant } from "../tenant.ts";
import type { Authorization } from "../tokens/authorization.ts";
import type { AuthorizationRequest } from "./authorize/request.ts";
import type { InFlight } from "./in-flight.ts";
import { staleState } from "./pages/error-page.ts";

/** A login on its way through pages. The opaque `state` names it; it only goes on in the browser it began in. */
export interface LoginTransaction {
  /** Names it in `event.transaction.id` from beginning to end, while `state` changes at every step. */
  readonly id: string;
  readonly device: string;
  readonly request: AuthorizationRequest;
  readonly step: LoginStep;
  /** Second factors that the user has passed in this login. */
  readonly factorsDone?: readonly string[];
}

export interface FactorStep {
  readonly at: "factor";
  readonly sessionId: string;
  readonly type: "challenge" | "enroll";
  /** The user chooses where there are several. */
  readonly factors: readonly Factor[];
  readonly failures: number;
  /** Of the app that is being set up. */
  readonly secret?: string;
  /** What the login goes on with: the Actions after the one that asked, or the end. */
  readonly next: Extract<LoginOutcome, { readonly kind: "completed" | "factor-asked" }>;
}

export type LoginStep =
  /** The user has yet to prove who they are. */
  | { readonly at: "login" }
  /** At the page that stands in for a social or enterprise provider. */
  | { readonly at: "provider"; readonly connection: string }
  /** A code was sent to the user. */
  | { readonly at: "passwordless"; readonly connection: string; readonly to: string }
  | { readonly at: "authenticated"; readonly sessionId: string }
  /** An Action sent the browser away; `/continue` brings it back. */
  | { readonly at: "redirected"; readonly sessionId: string; readonly suspended: SuspendedLogin }
  /** The user has a second factor to pass, or to set up. */
  | FactorStep
  /** The client may have tokens if the user agrees. */
  | { readonly at: "consent"; readonly authorization: Authorization; readonly scopes: readonly string[] }
  /** The user has to say which organization, having logged in or before. */
  | { readonly at: "organization"; readonly sessionId?: string };

/** Puts the login at its next step, under a state of its own. */
export function openTransaction({ inFlight }: Pick<Tenant, "inFlight">, transaction: LoginTransaction): string {
  const state = newSecret();
  inFlight.logins.set(state, transaction);
  return state;
}

type At<Name extends LoginStep["at"]> = Extract<LoginStep, { readonly at: Name }>;

/**
 * The login that `state` names, if it waits at this step and for this browser: a form that another site sends, or a
 * link that somebody else was given, leads nowhere (login CSRF).
 *
 * @throws {ErrorPage} the text for a stale state
 */
export function getTransaction<Name extends LoginStep["at"]>(
  inFlight: InFlight,
  device: string | undefined,
  state: string | undefined,
  at: Name,
): LoginTransaction & { readonly step: At<Name> } {
  const transaction = state === undefined ? undefined : inFlight.logins.get(state);
  if (transaction === undefined || transaction.device !== device || transaction.step.at !== at) throw staleState();
  return transaction as LoginTransaction & { readonly step: At<Name> };
}

/** Like getTransaction, once: the state is used up. */
export function takeTransaction<Name extends LoginStep["at"]>(
  inFlight: InFlight,
  device: string | undefined,
  state: string | undefined,
  at: Name,
): LoginTransaction & { readonly step: At<Name> } {
  const transaction = getTransaction(inFlight, device, state, at);
  inFlight.logins.delete(state ?? "");
  return transaction;
}

/** Whether a login goes on with this session once the browser is back from where an Action sent it. */
export function isAwaited({ logins }: Pick<InFlight, "logins">, sessionId: string): boolean {
  return logins.values().some(({ step }) => step.at === "redirected" && step.sessionId === sessionId);
}
