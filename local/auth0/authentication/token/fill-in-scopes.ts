import { findApi } from "../../tokens/mfa-api.ts";
import { readAudience } from "../audience.ts";
import type { TokenRequest } from "./grant.ts";
import { readScopeParameter } from "./scope-parameter.ts";

const STANDARD_SCOPES = ["openid", "profile", "email", "address", "phone"] as const;

/**
 * Who hands a client their password trusts it with everything: without a scope of the API in the request all of them are
 * meant, without any scope the standard ones as well (Auth0 docs, "Resource Owner Password Flow").
 */
export function fillInScopes({ tenant, parameters }: TokenRequest): readonly string[] {
  const audience = readAudience(tenant, parameters);
  const asked = readScopeParameter(parameters.scope);
  const api = findApi(tenant, audience);
  const ofApi = (api?.scopes ?? []).map(({ value }) => value);
  const given = asked ?? STANDARD_SCOPES;
  return given.some((scope) => ofApi.includes(scope)) ? given : [...given, ...ofApi];
}
