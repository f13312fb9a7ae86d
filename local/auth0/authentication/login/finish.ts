import type { Context } from "hono";
import { touchSession } from "../../sessions/sessions.ts";
import type { Client } from "../../state/resources.ts";
import type { Session } from "../../state/session.ts";
import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import type { AuthorizationRequest } from "../authorize/request.ts";
import { readCaller } from "../caller.ts";
import { OAuthError } from "../oauth-error.ts";
import { ErrorPage } from "../pages/error-page.ts";
import { concludeLogin } from "./conclude.ts";
import { describeLogin } from "./describe.ts";

/** The user of `session` is the one who asks; what is left is whether the client gets a code. */
export interface ProvenLogin {
  readonly id: string;
  readonly device: string;
  readonly request: AuthorizationRequest;
  readonly session: Session;
}

/**
 * Runs the Actions and answers the client. The session is there by now and stays, whatever they decide: Auth0 makes it
 * before Actions run.
 *
 * @throws {OAuthError} what the client is told instead of a code
 */
export async function finishLogin(tenant: Tenant, context: Context, login: ProvenLogin): Promise<Response> {
  const { request } = login;
  const client = readClient(tenant, request.clientId);
  const user = readUser(tenant, login.session.user_id);
  if (user.blocked === true) throw new OAuthError(403, "unauthorized", "user is blocked");
  const caller = readCaller(context);
  const session = touchSession(tenant, login.session, { clientId: client.client_id, ...caller });
  const outcome = await tenant.actions.runPostLogin(describeLogin(tenant, context, { ...login, session }, client));
  return concludeLogin(tenant, context, { ...login, session }, outcome);
}

export function readClient(tenant: Tenant, clientId: string): Client {
  const client = tenant.state.clients.get(clientId);
  if (client === undefined) throw new ErrorPage(400, "invalid_request", `Unknown client: ${clientId}`);
  return client;
}

function readUser(tenant: Tenant, userId: string): User {
  const user = tenant.state.users.get(userId);
  if (user === undefined) throw new OAuthError(403, "login_required", "Login required");
  return user;
}
