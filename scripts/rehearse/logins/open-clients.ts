import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from "jose";
import * as oidc from "openid-client";
import type { LiveTenant } from "../../deploy/kinds/live-tenant.ts";
import type { Fixtures } from "../../own-rows/fixtures.ts";
import type { Management } from "./context.ts";

/** openid-client as the two applications of tenant.yaml, and the tenant's keys as an API gets them. */
export interface Clients {
  readonly spa: oidc.Configuration;
  readonly worker?: oidc.Configuration;
  readonly keys: JWTVerifyGetKey;
  readonly issuer: string;
}

export async function openClients(
  fixtures: Fixtures,
  live: Pick<LiveTenant, "domain" | "client">,
  management: Management,
  fetch: typeof globalThis.fetch,
  /** Seconds by which the tenant's clock is ahead of theirs. */
  clockSkew = 0,
): Promise<Clients> {
  const issuer = `https://${live.domain}/`;
  const options = { [oidc.customFetch]: fetch as oidc.CustomFetch };
  const discover = (clientId: string, authentication: oidc.ClientAuth) =>
    oidc.discovery(new URL(issuer), clientId, { [oidc.clockSkew]: clockSkew }, authentication, options);
  const idOf = (name: string): string => live.client.find((client) => client.name === name)?.id ?? "";

  const spa = await discover(idOf(fixtures.spa.name), oidc.None());
  const { jwks_uri: keysUrl = "" } = spa.serverMetadata();
  const keys = createRemoteJWKSet(new URL(keysUrl), { [customFetch]: fetch });
  if (fixtures.worker === undefined) return { spa, keys, issuer };
  const { client_secret: secret } = await management.clients.get(idOf(fixtures.worker.name));
  return { spa, worker: await discover(idOf(fixtures.worker.name), oidc.ClientSecretPost(secret)), keys, issuer };
}
