import type { Context } from "hono";
import type { PasswordResetOutcome, SuspendedReset } from "../../../actions/password-reset-context.ts";
import { describeConnection } from "../../../connections.ts";
import { digest, newSecret } from "../../../digest.ts";
import { ensureDevice, readDevice } from "../../../sessions/cookies.ts";
import type { Tenant } from "../../../tenant.ts";
import { readCaller } from "../../caller.ts";
import type { Continuation } from "../../continue.ts";
import { writeLog } from "../../log-event.ts";
import { staleState } from "../../pages/error-page.ts";
import { renderMessage } from "../../pages/message-page.ts";
import { describeRequest } from "../../post-login/describe.ts";
import { describeActions } from "../../post-login/describe-actions.ts";
import type { ResetAccount } from "./account.ts";

/** A link whose reset passed the Actions before the new password. */
export interface PassedReset {
  /** Where the user goes once the password is changed. */
  readonly resultUrl?: string;
}

/** A reset that an Action sent away; it only goes on in the browser it began in. */
export interface RedirectedReset {
  readonly ticket: string;
  readonly device: string;
  readonly suspended: SuspendedReset;
}

type Passing = PassedReset | Response;

/** Runs the Actions that stand before the page; what is not passed is answered. */
export async function passChallenge(
  tenant: Tenant,
  context: Context,
  ticket: string,
  { clientId, connection, user }: ResetAccount,
): Promise<Passing> {
  const client = clientId === undefined ? undefined : tenant.state.clients.get(clientId);
  const outcome = await tenant.actions.runPasswordReset({
    userId: user.user_id,
    connection: describeConnection(tenant.state, connection.name),
    request: describeRequest(tenant, context, { query: {} }),
    openedAt: tenant.clock(),
    client,
  });
  return conclude(tenant, context, ticket, outcome);
}

export const findPassed = ({ inFlight }: Pick<Tenant, "inFlight">, ticket: string): PassedReset | undefined =>
  inFlight.passedResets.get(digest(ticket));

/** Whether `/continue` is asked for a reset, and not for a login. */
export const isResetState = ({ inFlight }: Pick<Tenant, "inFlight">, state: string): boolean =>
  inFlight.redirectedResets.get(state) !== undefined;

/**
 * `GET|POST /continue` of a reset: the state is good once and in this browser only.
 *
 * @returns the ticket to go on with, or the answer
 * @throws {ErrorPage} the text for a stale state
 */
export async function resumeChallenge(
  tenant: Tenant,
  context: Context,
  { state, ...content }: Continuation,
): Promise<string | Response> {
  const reset = tenant.inFlight.redirectedResets.get(state);
  if (reset === undefined || reset.device !== readDevice(context)) throw staleState();
  tenant.inFlight.redirectedResets.delete(state);
  const request = describeRequest(tenant, context, content);
  const outcome = await tenant.actions.resumePasswordReset(reset.suspended, request);
  const passing = await conclude(tenant, context, reset.ticket, outcome);
  return passing instanceof Response ? passing : reset.ticket;
}

async function conclude(
  tenant: Tenant,
  context: Context,
  ticket: string,
  outcome: PasswordResetOutcome,
): Promise<Passing> {
  switch (outcome.kind) {
    case "completed": {
      const { resultUrl } = outcome;
      const passed = resultUrl === undefined ? {} : { resultUrl };
      tenant.inFlight.passedResets.set(digest(ticket), passed);
      return passed;
    }
    case "redirected": {
      const state = newSecret();
      const device = ensureDevice(context);
      tenant.inFlight.redirectedResets.set(state, { ticket, device, suspended: outcome.suspended });
      const url = new URL(outcome.url);
      url.searchParams.set("state", state);
      return context.redirect(url.href);
    }
    case "denied":
      return refuse(tenant, context, outcome.reason, outcome);
    case "failed":
      return refuse(tenant, context, outcome.error.message, outcome);
  }
}

/** The password stays. Neither the wording nor the type of the log entry is documented by Auth0. */
function refuse(tenant: Tenant, context: Context, reason: string, outcome: PasswordResetOutcome): Promise<Response> {
  writeLog(tenant, {
    type: "fcp",
    description: reason,
    caller: readCaller(context),
    details: describeActions(outcome),
  });
  return renderMessage(context, "Access Denied", reason, 403);
}
