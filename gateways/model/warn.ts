import { findMetadataUrl } from "../authorizer/resource-metadata.ts";
import type { GatewayModel } from "./gateway-model.ts";

/** For gateways that get no token of their own: such a backend would refuse them, or must trust the network they share. */
export function warnOfCredentials({ routes }: GatewayModel): readonly string[] {
  const names = new Set(routes.flatMap(({ backend }) => (backend.credentials ? [backend.name] : [])));
  return [...names].map(
    (name) => `It asks for no token of its own (client credentials), which the backend ${name} wants: KrakenD does`,
  );
}

export const warnOfOrigins = ({ unusableOrigins }: GatewayModel): readonly string[] =>
  unusableOrigins.map(
    (origin) =>
      `Pages of ${origin} (web_origins) may not call the API: list each origin as browsers send it, without a *`,
  );

export const warnOfIssuers = ({ furtherIssuers }: GatewayModel): readonly string[] =>
  furtherIssuers.map((issuer) => `Of the issuers it knows the first: tokens of ${issuer} are refused`);

/** Clients compare the identifier with the address that they began with. */
export const warnOfIdentifier = ({ audience }: GatewayModel): readonly string[] =>
  findMetadataUrl(audience) === undefined
    ? [
        "The API's identifier is not the https address at which clients call it, so they cannot find out where its tokens come " +
          "from (RFC 9728), as MCP clients do",
      ]
    : [];
