import type { Client } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";
import type { Caller } from "../caller.ts";

/** Parameters of a token request, form or JSON; a JSON value that is no string stays as it came. */
export type TokenParameters = Readonly<Record<string, unknown>>;

export interface TokenRequest {
  readonly tenant: Tenant;
  /** Already authenticated, and allowed this grant type. */
  readonly client: Client;
  readonly parameters: TokenParameters;
  readonly caller: Caller;
}

export interface TokenResponse {
  readonly access_token: string;
  readonly token_type: "Bearer";
  /** Seconds. */
  readonly expires_in: number;
  readonly scope?: string;
  readonly id_token?: string;
  readonly refresh_token?: string;
}

/** One grant type of `POST /oauth/token`. Throws OAuthError. */
export type Grant = (request: TokenRequest) => Promise<TokenResponse>;
