import type { Tenant } from "../../tenant.ts";
import { refuseUnimplemented } from "../not-implemented.ts";

/** What a client's keys are for besides proving who it is. Nothing here follows it: requests by it are refused where they come. */
const BY_CREDENTIALS = ["signed_request_object", "token_vault_privileged_access"];
/** Members of `client_authentication_methods`: nothing here looks at certificates of connections. */
const METHODS_BY_CERTIFICATE = ["tls_client_auth", "self_signed_tls_client_auth"];
/** What would make a client's requests safer than this tenant checks. */
const UNCHECKED = ["require_pushed_authorization_requests", "require_proof_of_possession"];

interface ByCredentials {
  readonly required?: boolean;
  readonly credentials?: readonly { readonly id?: string }[];
}

interface ComplianceSettings {
  readonly compliance_level?: string | null;
}

/** Throws 400 for settings that the tokens of this tenant would not follow. */
export function checkImplemented(tenant: Pick<Tenant, "log">, body: Readonly<Record<string, unknown>>): void {
  for (const name of BY_CREDENTIALS) {
    const { required, credentials = [] } = (body[name] ?? {}) as ByCredentials;
    const areNew = credentials.some(({ id }) => id === undefined);
    if (required === true || areNew) refuseUnimplemented(tenant, name);
  }
  const methods = body.client_authentication_methods as Readonly<Record<string, unknown>> | null | undefined;
  for (const name of METHODS_BY_CERTIFICATE) {
    if (methods?.[name] !== undefined) refuseUnimplemented(tenant, `client_authentication_methods.${name}`);
  }
  for (const name of UNCHECKED) if (body[name] === true) refuseUnimplemented(tenant, name);
  const { compliance_level: level } = body as ComplianceSettings;
  if (typeof level === "string" && level !== "none") refuseUnimplemented(tenant, `compliance_level ${level}`);
  const alg = (body.jwt_configuration as { readonly alg?: string } | undefined)?.alg;
  if (alg !== undefined && alg !== "RS256") refuseUnimplemented(tenant, `jwt_configuration.alg ${alg}`);
}
