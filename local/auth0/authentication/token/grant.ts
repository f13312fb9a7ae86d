import type { Client } from "../../state/resources.ts";
import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import type { Caller } from "../caller.ts";
import type { Parameters } from "../parameters.ts";

export interface TokenRequest {
  readonly tenant: Tenant;
  /** Already authenticated, and allowed this grant type. */
  readonly client: Client;
  readonly parameters: Parameters;
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
  /** The next one, after a recovery code was used. */
  readonly recovery_code?: string;
  /** RFC 8693 §2.2.1 */
  readonly issued_token_type?: string;
}

/** What a grant type's exchange ended in. */
export interface Granted {
  readonly response: TokenResponse;
  readonly headers?: Readonly<Record<string, string>>;
  readonly log: {
    readonly user?: User | undefined;
    readonly connection?: string | undefined;
    readonly organizationId?: string | undefined;
    readonly audience?: string | undefined;
    readonly scope: readonly string[];
    readonly details?: Readonly<Record<string, unknown>>;
  };
}

/** One grant type of `POST /oauth/token`. Throws OAuthError. */
export type Grant = (request: TokenRequest) => Promise<Granted>;
