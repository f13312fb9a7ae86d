import type { TokenExchangeOutcome } from "../../actions/outcome.ts";
import { applyUserChanges } from "../../actions/pipeline/apply-user-changes.ts";
import type { TokenExchangeContext } from "../../actions/token-exchange-context.ts";
import { InvalidRequest, OAuthError, ServerError } from "../../oauth-error.ts";
import type { Client } from "../../state/resources.ts";
import type { User } from "../../state/user.ts";
import { findApi } from "../../tokens/mfa-api.ts";
import { verifyToken } from "../../tokens/verify.ts";
import { readAudience } from "../audience.ts";
import { skipsConsent } from "../consent/consent.ts";
import { getOrganization } from "../organizations/get-organization.ts";
import { readOptional, readRequired } from "../parameters.ts";
import { describeCallerRequest } from "../post-login/describe.ts";
import { describeActions } from "../post-login/describe-actions.ts";
import { ensureExchangedUser } from "./exchanged-user.ts";
import type { Grant, TokenRequest } from "./grant.ts";
import { loginWithCredentials, readOrganization } from "./login-with-credentials.ts";
import { checkAttempts, noteRejected } from "./rejected-tokens.ts";
import { readScopeParameter } from "./scope-parameter.ts";

const ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
const ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";

type Completed = Extract<TokenExchangeOutcome, { readonly kind: "completed" }>;

/** A client has this grant by a setting of its own; its grant types do not name it. */
export function isExchangeAllowed(client: Client): boolean {
  const profiles = client.token_exchange?.allow_any_profile_of_type ?? [];
  return (
    profiles.includes("custom_authentication") && client.is_first_party !== false && client.oidc_conformant === true
  );
}

/**
 * RFC 8693 as Auth0 has it ("Custom Token Exchange"): the profile of the token's type has an Action, which says whose the foreign
 * token is; then post-login runs as at any login.
 */
export const tokenExchange: Grant = async (request) => {
  const { tenant, client, caller } = request;
  checkAttempts(tenant, caller.ip);
  const context = await describeExchange(request);
  const completed = checkOutcome(request, await tenant.actions.runCustomTokenExchange(context));
  const { appMetadata, userMetadata, actor } = completed;
  const { user, connection } = await ensureExchangedUser(tenant, client, completed.user);
  applyUserChanges(tenant, user.user_id, { appMetadata: new Map(appMetadata), userMetadata: new Map(userMetadata) });
  const organizationId =
    completed.organization === undefined
      ? context.organizationId
      : getOrganization(tenant.state, completed.organization).id;
  const granted = await loginWithCredentials(request, {
    user,
    connection,
    protocol: "oauth2-token-exchange",
    requestedScope: context.requestedScopes,
    transaction: {
      subject_token_type: context.subject.type,
      ...(context.actor !== undefined && { actor_token_type: context.actor.type }),
      ...(actor !== undefined && { actor }),
    },
    organizationId,
  });
  return { ...granted, response: { ...granted.response, issued_token_type: ACCESS_TOKEN } };
};

async function describeExchange(request: TokenRequest): Promise<TokenExchangeContext> {
  const { tenant, client, parameters, caller } = request;
  const subject = {
    token: readRequired(parameters, "subject_token"),
    type: readRequired(parameters, "subject_token_type"),
  };
  const requestedTokenType = readOptional(parameters, "requested_token_type");
  if (requestedTokenType !== undefined && requestedTokenType !== ACCESS_TOKEN) {
    throw new InvalidRequest(`The local tenant issues access tokens only, not ${requestedTokenType}.`);
  }
  const actor = await readActor(request);
  const organizationId = readOrganization(request);
  return {
    actionId: getProfileAction(request, subject.type),
    request: describeCallerRequest(tenant, caller, "POST", { body: parameters }),
    client,
    audience: checkAudience(request),
    requestedScopes: readScopeParameter(parameters.scope) ?? [],
    subject,
    ...(requestedTokenType !== undefined && { requestedTokenType }),
    ...(actor !== undefined && { actor }),
    ...(organizationId !== undefined && { organizationId }),
  };
}

function getProfileAction({ tenant }: TokenRequest, type: string): string {
  const profile = tenant.state
    .records("/token-exchange-profiles")
    .find((candidate) => candidate.subject_token_type === type && candidate.type === "custom_authentication");
  if (profile === undefined) throw new InvalidRequest(`No token exchange profile has the subject_token_type ${type}.`);
  return String(profile.action_id);
}

/** The API, or /userinfo: where its users are to be asked, nobody is there to answer. */
function checkAudience({ tenant, parameters }: TokenRequest): string {
  const audience = readAudience(tenant, parameters);
  const api = findApi(tenant, audience);
  if (api !== undefined && !skipsConsent(api)) {
    throw new InvalidRequest("The API must skip consent for first-party clients.");
  }
  return audience ?? `${tenant.issuer}userinfo`;
}

/** RFC 8693 §2.1: both or neither. Of an id token the user is known, once it is verified. */
async function readActor(request: TokenRequest): Promise<TokenExchangeContext["actor"]> {
  const token = readOptional(request.parameters, "actor_token");
  const type = readOptional(request.parameters, "actor_token_type");
  if (token === undefined && type === undefined) return undefined;
  if (token === undefined || type === undefined) {
    throw new InvalidRequest("actor_token and actor_token_type must be sent together.");
  }
  return type === ID_TOKEN ? { token, type, user: await readActorUser(request, token) } : { token, type };
}

async function readActorUser({ tenant, client }: TokenRequest, token: string): Promise<User> {
  const claims = await verifyToken(tenant, token, client.client_id);
  const user = tenant.state.users.get(claims?.sub ?? "");
  if (user === undefined) throw new InvalidRequest("actor_token is not an id token of this tenant and client.");
  return user;
}

function checkOutcome({ tenant, caller }: TokenRequest, outcome: TokenExchangeOutcome): Completed {
  const logDetails = describeActions(outcome);
  switch (outcome.kind) {
    case "completed":
      return outcome;
    case "denied":
      if (outcome.isTokenRejected) noteRejected(tenant, caller.ip);
      throw new OAuthError(400, outcome.code, outcome.reason, { logDetails });
    case "failed":
      throw new ServerError(outcome.error.message, { logDetails });
  }
}
