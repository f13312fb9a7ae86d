import type { Problems } from "../../gateways/authorizer/problems.ts";
import type { GatewayModel } from "../../gateways/model/gateway-model.ts";
import type { TenantResourceServer } from "../tenant/document.ts";
import type { Environment } from "../tenant/read-environment.ts";

/**
 * `scope` is in the token under every dialect, and what Actions take away is gone from it. `permissions` holds all that is
 * assigned, and is there only under the dialects that say so.
 */
export function chooseScopeClaim(environment: Environment, api: TenantResourceServer, problems: Problems) {
  const wanted = environment.GATEWAY_SCOPE_CLAIM || "scope";
  if (wanted === "permissions" && !api.token_dialect?.endsWith("_authz"))
    problems.add("GATEWAY_SCOPE_CLAIM", "permissions are in the token only under a dialect that ends in _authz");
  if (wanted !== "scope" && wanted !== "permissions")
    problems.add("GATEWAY_SCOPE_CLAIM", "expected scope or permissions");
  return wanted === "permissions" ? "permissions" : "scope";
}

/** Who says that a paid scope is paid for. */
export function choosePaidScopes(environment: Environment, problems: Problems): GatewayModel["paidScopes"] {
  const wanted = environment.GATEWAY_PAID_SCOPES || "authorizer";
  if (wanted === "authorizer" || wanted === "token") return wanted;
  problems.add("GATEWAY_PAID_SCOPES", "expected authorizer or token");
  return "authorizer";
}
