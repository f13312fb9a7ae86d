import type { Context } from "hono";
import { randomAlphanumeric } from "../../ids.ts";
import { type Factor, findAuthenticator, isFactorEnabled } from "../../mfa/factors.ts";
import { issueRecoveryCode } from "../../mfa/recovery-code.ts";
import { renderTotpUri } from "../../mfa/totp.ts";
import { addTotp } from "../../mfa/use-totp.ts";
import { AccessDenied, InvalidRequest } from "../../oauth-error.ts";
import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { forClients, NO_STORE } from "../client-endpoint.ts";
import { allowAnyClientsOrigin } from "../cors.ts";
import { type Parameters, readOptional, readParameters } from "../parameters.ts";
import { describeRequest } from "../post-login/describe.ts";
import { tenantNameOf } from "../tenant-name.ts";
import { readMfaAccess } from "./access.ts";
import { sendOobCode } from "./oob-code.ts";
import type { OpenLogin } from "./pending-login.ts";

/** `POST /mfa/associate`: an app, or an address, which the first code of it sets up at `/oauth/token`. */
export const handleAssociate = forClients(async (tenant, context) => {
  allowAnyClientsOrigin(tenant.state, context);
  const { user, login } = await readMfaAccess(tenant, context, "enroll");
  const parameters = await readParameters(context);
  const factor = readFactor(tenant, parameters);
  if (login === undefined) {
    throw new InvalidRequest("The local tenant sets up a factor in a login only: use the mfa_token of mfa_required.");
  }
  if (login.type !== "enroll") throw new AccessDenied("User is already enrolled.");
  const made =
    factor === "otp" ? associateApp(tenant, user) : associateAddress(tenant, context, { user, login, parameters });
  return context.json({ ...made, ...makeRecoveryCode(tenant, user) }, 200, NO_STORE);
});

/** @throws {OAuthError} a kind that this tenant does not have, or that is off */
function readFactor({ state }: Pick<Tenant, "state">, parameters: Parameters): Factor {
  const types = readNames(parameters, "authenticator_types");
  const channels = types[0] === "oob" ? readNames(parameters, "oob_channels") : [];
  const kind = [...types, ...channels].join(" ");
  const factor = ({ otp: "otp", "oob email": "email", email: "email" } as const)[kind];
  if (factor === undefined) throw new InvalidRequest(`The local tenant does not implement the authenticator ${kind}.`);
  if (!isFactorEnabled(state, factor)) throw new InvalidRequest(`The factor ${factor} is not enabled for the tenant.`);
  return factor;
}

function readNames(parameters: Parameters, name: string): readonly string[] {
  const value = parameters[name];
  if (Array.isArray(value) && value.length === 1 && value.every((one) => typeof one === "string")) return value;
  throw new InvalidRequest(`Parameter '${name}' must be an array of one string`);
}

function associateApp(tenant: Tenant, user: User): object {
  const { secret } = addTotp(tenant, user.user_id, { confirmed: false });
  const account = user.email ?? user.name ?? user.user_id;
  const barcode_uri = renderTotpUri({ secret, issuer: tenantNameOf(tenant), account });
  return { authenticator_type: "otp", secret, barcode_uri };
}

interface Asked {
  readonly user: User;
  readonly login: OpenLogin;
  readonly parameters: Parameters;
}

function associateAddress(tenant: Tenant, context: Context, { user, login, parameters }: Asked): object {
  const to = readOptional(parameters, "email") ?? user.email;
  if (to === undefined || !/^[^\s@]+@[^\s@]+$/.test(to))
    throw new InvalidRequest("Parameter 'email' must be an address");
  const id = `email|dev_${randomAlphanumeric(16)}`;
  tenant.state.authenticators.set(id, {
    id,
    user_id: user.user_id,
    type: "email",
    email: to,
    created_at: tenant.clock(),
    confirmed: false,
  });
  const { clientId, connection } = login;
  const request = describeRequest(tenant, context, {});
  const sent = { loginId: login.id, to, authenticatorId: id };
  const oob_code = sendOobCode(tenant, sent, { clientId, connection, request, user });
  return { authenticator_type: "oob", binding_method: "prompt", oob_channel: "email", oob_code };
}

/** With the first factor, where the tenant has recovery codes on. */
function makeRecoveryCode(tenant: Tenant, { user_id }: User): object {
  const isWanted = isFactorEnabled(tenant.state, "recovery-code");
  if (!isWanted || findAuthenticator(tenant.state, user_id, "recovery-code") !== undefined) return {};
  return { recovery_codes: [issueRecoveryCode(tenant, user_id)] };
}
