import * as oidc from "openid-client";
import type { Client } from "../../local/auth0/state/resources.ts";
import type { Browser, Page } from "../../local/http/browser.ts";
import { trustingFetch } from "./fetch.ts";
import { API, CALLBACK, type LoginTenant, PASSWORD } from "./login-tenant.ts";

const discovered = new WeakMap<LoginTenant, Map<Client, Promise<oidc.Configuration>>>();

/** openid-client, set up from the tenant's own discovery document, once. */
function discoverOnce(tenant: LoginTenant, client: Client): Promise<oidc.Configuration> {
  const known = discovered.get(tenant) ?? new Map<Client, Promise<oidc.Configuration>>();
  discovered.set(tenant, known);
  const config = known.get(client) ?? discoverClient(tenant, client);
  known.set(client, config);
  return config;
}

function discoverClient(tenant: LoginTenant, client: Client): Promise<oidc.Configuration> {
  const authentication =
    client.token_endpoint_auth_method === "none" ? oidc.None() : oidc.ClientSecretPost(client.client_secret);
  return oidc.discovery(
    new URL(`https://${tenant.domain}`),
    client.client_id,
    { client_secret: client.client_secret ?? "", [oidc.clockSkew]: 0 },
    authentication,
    { [oidc.customFetch]: trustingFetch(tenant) as oidc.CustomFetch },
  );
}

export interface LoginAttempt {
  readonly config: oidc.Configuration;
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
  readonly url: URL;
}

/** An authorization request by openid-client; `parameters` replace what it asks for, undefined leaves one out. */
export async function planLogin(
  tenant: LoginTenant,
  client: Client,
  parameters: Readonly<Record<string, string | undefined>> = {},
): Promise<LoginAttempt> {
  const config = await discoverOnce(tenant, client);
  const verifier = oidc.randomPKCECodeVerifier();
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: "openid profile email offline_access get:users",
    audience: API,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
  });
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  return { config, verifier, state, nonce, url };
}

/** Through the login page to wherever that leads: the callback, another page, an Action's. */
export async function passLoginPage(browser: Browser, attempt: LoginAttempt, email: string): Promise<Page> {
  const page = await browser.open(attempt.url.href);
  return browser.submit(page, { username: email, password: PASSWORD }, "password");
}

/** Code for tokens, every check of openid-client's included. */
export function redeem(
  attempt: LoginAttempt,
  callback: URL,
): Promise<oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers> {
  return oidc.authorizationCodeGrant(attempt.config, callback, {
    pkceCodeVerifier: attempt.verifier,
    expectedState: attempt.state,
    // Without openid there is no id token that could carry it.
    ...(attempt.url.searchParams.get("scope")?.includes("openid") && { expectedNonce: attempt.nonce }),
  });
}

/** A whole login. */
export async function logIn(
  tenant: LoginTenant,
  client: Client,
  email: string,
  parameters: Readonly<Record<string, string | undefined>> = {},
  browser: Browser = tenant.browser(),
) {
  const attempt = await planLogin(tenant, client, parameters);
  const callback = await passLoginPage(browser, attempt, email);
  const tokens = await redeem(attempt, callback.url);
  return { attempt, browser, callback: callback.url, tokens };
}
