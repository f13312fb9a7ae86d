import type { Problems } from "../../gateways/authorizer/problems.ts";
import type { GatewayModel } from "../../gateways/model/gateway-model.ts";
import type { TenantDocument, TenantResourceServer } from "../tenant/document.ts";
import { findMarkers } from "../tenant/markers.ts";
import type { Environment } from "../tenant/read-environment.ts";

/**
 * The one API of the tenant file, or of several the one that API_IDENTIFIER names; what would make its tokens unusable for a
 * gateway is a problem.
 */
export function findApi(
  { resourceServers: apis = [] }: TenantDocument,
  { API_IDENTIFIER: named }: Environment,
  problems: Problems,
): TenantResourceServer | undefined {
  const api = apis.length > 1 ? apis.find(({ identifier }) => identifier === named) : apis[0];
  if (api === undefined)
    return problems.add(
      "tenant.yaml",
      apis.length > 1
        ? `has several APIs: set API_IDENTIFIER to one of ${apis.map(({ identifier }) => identifier).join(", ")}`
        : "expected an API (resourceServers), found none",
    );
  const [marker] = findMarkers(api.identifier);
  if (marker !== undefined) return problems.add("tenant.yaml", `the API's identifier needs a value for ${marker.name}`);
  if (!/^[\x21\x23-\x5b\x5d-\x7e]+\/$/.test(api.identifier))
    problems.add("tenant.yaml", "the API's identifier must end in a slash: claims are named after it");
  if ((api.signing_alg ?? "RS256") !== "RS256")
    problems.add("tenant.yaml", "the API must sign with RS256: a gateway must not hold a key that can sign");
  return api;
}

/** A scope that the API does not define is in no token: the route would be closed to all. */
export function reportUndefined(
  scopes: readonly string[] | false,
  api: TenantResourceServer,
  name: string,
  problems: Problems,
): void {
  const defined = (api.scopes ?? []).map(({ value }) => value);
  for (const scope of scopes === false ? [] : scopes) {
    if (!defined.includes(scope))
      problems.add(name, `the API does not define the scope ${scope}; it has ${defined.join(", ") || "none"}`);
  }
}

/**
 * Where the tenant's single-page applications are served from, as browsers say it (RFC 6454 §6.1); and what no gateway can compare
 * with that: a wildcard, a scheme of an app's own, an address with a path.
 */
export function sortOrigins(tenant: TenantDocument): Pick<GatewayModel, "origins" | "unusableOrigins"> {
  const listed = (tenant.clients ?? []).flatMap((client) =>
    client.app_type === "spa" ? (client.web_origins ?? []) : [],
  );
  const read = listed.map((text) => ({ text, origin: findOrigin(text) }));
  const origins = read.flatMap(({ origin }) => origin ?? []);
  const unusable = read.flatMap(({ text, origin }) => (origin === undefined ? [text] : []));
  return { origins: [...new Set(origins)].sort(), unusableOrigins: [...new Set(unusable)].sort() };
}

function findOrigin(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return undefined;
  return url.href === `${url.origin}/` && /^https?:\/\/[\w.[\]:-]+$/.test(url.origin) ? url.origin : undefined;
}
