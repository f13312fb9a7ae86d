import { type ListedAuthenticator, listAuthenticators } from "../../mfa/list-authenticators.ts";
import { InvalidRequest, OAuthError, UnsupportedChallengeType } from "../../oauth-error.ts";
import { authenticateClient } from "../client-authentication.ts";
import { forClients, NO_STORE } from "../client-endpoint.ts";
import { allowOrigin } from "../cors.ts";
import { getUser } from "../get-user.ts";
import { readOptional, readParameters, readRequired } from "../parameters.ts";
import { describeRequest } from "../post-login/describe.ts";
import { sendOobCode } from "./oob-code.ts";
import { getPendingLogin, type OpenLogin } from "./pending-login.ts";

const CHALLENGES = ["otp", "oob"];

/** `POST /mfa/challenge`: a code is sent where one has to be, and the client is told which kind it is to ask for. */
export const handleChallenge = forClients(async (tenant, context) => {
  const parameters = await readParameters(context);
  const client = await authenticateClient(tenant, context.req.header("authorization"), parameters);
  allowOrigin(context, client);
  const login = getPendingLogin(tenant, readRequired(parameters, "mfa_token"), client);
  const user = getUser(tenant.state, login.userId);
  const types = readOptional(parameters, "challenge_type")?.split(/\s+/) ?? CHALLENGES;
  const id = readOptional(parameters, "authenticator_id");
  const chosen = choose(login, listAuthenticators(tenant.state, user), types, id);
  if (chosen.authenticator_type !== "oob") return context.json({ challenge_type: "otp" }, 200, NO_STORE);
  const { clientId, connection } = login;
  const own = tenant.state.authenticators.get(chosen.id);
  const to = own?.type === "email" ? own.email : (user.email ?? "");
  const request = describeRequest(tenant, context, {});
  const oob_code = sendOobCode(tenant, { loginId: login.id, to }, { clientId, connection, request, user });
  return context.json({ challenge_type: "oob", oob_code, binding_method: "prompt" }, 200, NO_STORE);
});

/** @throws {OAuthError} none that the user has set up, that the login asks for and that the client can handle */
function choose(
  { factors, type }: OpenLogin,
  listed: readonly ListedAuthenticator[],
  types: readonly string[],
  id: string | undefined,
): ListedAuthenticator {
  const usable = listed.filter((one) => one.active && factors.some((factor) => factor === one.type));
  if (type === "enroll" || usable.length === 0) {
    throw new OAuthError(400, "association_required", "User is not enrolled. You can use /mfa/associate endpoint.");
  }
  const named = id === undefined ? usable : usable.filter((one) => one.id === id);
  if (named.length === 0) throw new InvalidRequest("The authenticator_id is not of an authenticator of the user.");
  const [chosen] = named.filter((one) => types.includes(one.authenticator_type));
  if (chosen !== undefined) return chosen;
  throw new UnsupportedChallengeType(
    `User does not have any enrolled authenticator with the supported challenge type (${types.join(", ")})`,
  );
}
