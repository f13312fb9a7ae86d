import type { LocalTenant } from "../../local/auth0/server.ts";

/** The variables by which commands know a tenant on this machine. */
export const environmentOf = ({
  domain,
  clientId,
  clientSecret,
  caFile,
}: Pick<LocalTenant, "domain" | "clientId" | "clientSecret" | "caFile">) => ({
  AUTH0_DOMAIN: domain,
  AUTH0_CLIENT_ID: clientId,
  AUTH0_CLIENT_SECRET: clientSecret,
  AUTH0_CA_FILE: caFile,
});
