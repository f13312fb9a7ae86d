import type { Context } from "hono";
import { InteractionRequired, InvalidRequest } from "../../oauth-error.ts";
import { touchSession } from "../../sessions/sessions.ts";
import type { Client } from "../../state/resources.ts";
import type { Session } from "../../state/session.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import type { AuthorizationRequest } from "../authorize/request.ts";
import { readCaller } from "../caller.ts";
import { getClient } from "../get-client.ts";
import { getUser } from "../get-user.ts";
import { checkClientAccess } from "../organizations/client-access.ts";
import { checkMembership, listOrganizationsOf } from "../organizations/membership.ts";
import { describeLogin } from "../post-login/describe.ts";
import { openTransaction } from "../transaction.ts";
import { concludeLogin } from "./conclude.ts";

/** The user of `session` is the one who asks; what is left is whether the client gets a code. */
export interface ProvenLogin {
  readonly id: string;
  readonly device: string;
  readonly request: AuthorizationRequest;
  readonly session: Session;
  readonly factorsDone?: readonly string[];
}

/**
 * Runs the Actions and answers the client. The session is there by now and stays, whatever they decide: Auth0 makes it
 * before Actions run.
 *
 * @throws {OAuthError} what the client is told instead of a code
 */
export async function finishLogin(tenant: Tenant, context: Context, given: ProvenLogin): Promise<Response> {
  const client = getClient(tenant.state, given.request.clientId);
  const user = getUser(tenant.state, given.session.user_id);
  const choice = chooseOrganization(tenant.state, client, user, given.request);
  if (choice === "ask") return askForOrganization(tenant, context, given);
  const login = { ...given, request: choice };
  if (choice.organization !== undefined) {
    checkClientAccess(tenant.state, client, choice.organization);
    checkMembership(tenant.state, user, choice.organization, given.session.connection);
  }
  const caller = readCaller(context);
  const session = touchSession(tenant, login.session, { clientId: client.client_id, ...caller });
  const outcome = await tenant.actions.runPostLogin(describeLogin(tenant, context, { ...login, session }, client));
  return concludeLogin(tenant, context, { ...login, session }, outcome);
}

/** With `post_login_prompt` the user's memberships say which organization it is; several of them, the user. */
function chooseOrganization(
  state: TenantState,
  client: Client,
  user: User,
  request: AuthorizationRequest,
): AuthorizationRequest | "ask" {
  if (client.organization_usage !== "require" || request.organization !== undefined) return request;
  const [only, ...others] = listOrganizationsOf(state, user.user_id);
  if (only === undefined) {
    throw new InvalidRequest("client requires organization membership, but user does not belong to any organization");
  }
  if (others.length === 0) return { ...request, organization: only.id };
  if (request.prompt.includes("none")) throw new InteractionRequired("Organization required");
  return "ask";
}

function askForOrganization(
  tenant: Pick<Tenant, "inFlight">,
  context: Context,
  { id, device, request, session }: ProvenLogin,
): Response {
  const step = { at: "organization", sessionId: session.id } as const;
  return context.redirect(`/u/organization?state=${openTransaction(tenant, { id, device, request, step })}`);
}
