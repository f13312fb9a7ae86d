import * as oidc from "openid-client";
import type { StartedLogin } from "./cookies.ts";
import type { Who } from "./payers.ts";

export interface LoginOptions {
  /** `https://tenant.example.com/` */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Of the portal; registered with the client. */
  readonly callback: URL;
  readonly fetch: typeof fetch;
}

export interface Login {
  /** @param organization `org_…`; undefined: the person's own */
  start(organization: string | undefined): Promise<{ readonly url: string; readonly started: StartedLogin }>;
  /** @throws {LoginRefused} when the tenant gave no code, or what it gave is not for this login */
  finish(query: string, started: StartedLogin): Promise<Who>;
}

/** A login that ended without a user. */
export class LoginRefused extends Error {
  override readonly name = "LoginRefused";
  readonly code: string;
  /** What the tenant says to the person; only of the very login that was started here. */
  readonly description: string | undefined;

  constructor(code: string, description: string | undefined, options: ErrorOptions) {
    super(`The login was refused: ${code}`, options);
    this.code = code;
    this.description = description;
  }
}

/** A login at the tenant by code with PKCE, state and nonce, all of them checked by openid-client. */
export function createLogin({ issuer, clientId, clientSecret, callback, fetch }: LoginOptions): Login {
  let discovering: Promise<oidc.Configuration> | undefined;
  const discover = (): Promise<oidc.Configuration> => {
    discovering ??= oidc
      .discovery(new URL(issuer), clientId, undefined, oidc.ClientSecretPost(clientSecret), {
        [oidc.customFetch]: fetch as oidc.CustomFetch,
        timeout: 5,
      })
      .catch((error: unknown) => {
        discovering = undefined;
        throw error;
      });
    return discovering;
  };
  return {
    async start(organization) {
      const config = await discover();
      const verifier = oidc.randomPKCECodeVerifier();
      const started = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier, organization };
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: callback.href,
        scope: "openid",
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
        state: started.state,
        nonce: started.nonce,
        ...(organization !== undefined && { organization }),
      });
      return { url: url.href, started };
    },
    async finish(query, { state, nonce, verifier, organization: asked }) {
      // As the tenant sent the browser to it, whatever host the proxy in front names.
      const url = new URL(callback);
      url.search = query;
      try {
        const tokens = await oidc.authorizationCodeGrant(await discover(), url, {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        const given = typeof claims?.org_id === "string" ? claims.org_id : undefined;
        // Auth0 docs, "Work with Tokens and Organizations": that it is the one which was asked for, the client has to look.
        if (asked !== undefined && given !== asked) throw new LoginRefused("invalid_response", undefined, {});
        return { userId: claims?.sub ?? "", organization: given };
      } catch (error) {
        throw explain(error);
      }
    },
  };
}

/** What is not a refusal (no answer, a fault of the tenant) stays what it is. */
function explain(error: unknown): unknown {
  if (error instanceof oidc.AuthorizationResponseError)
    return new LoginRefused(error.error, error.error_description, { cause: error });
  if (error instanceof oidc.ResponseBodyError && error.status < 500)
    return new LoginRefused(error.error, undefined, { cause: error });
  if (error instanceof oidc.ClientError && /^OAUTH_(?:INVALID_RESPONSE|JWT_)/.test(error.code ?? ""))
    return new LoginRefused("invalid_response", undefined, { cause: error });
  return error;
}
