import { errors, jwtVerify } from "jose";

/** The login that waits for the email, as require-verified-email's session token tells it. */
export interface WaitingLogin {
  readonly userId: string;
  /** The origin that the login is under way at: the tenant's domain, or its custom domain. */
  readonly origin: string;
}

export interface SessionTokenOptions {
  /** SESSION_TOKEN_SECRET of the Action, which signs with HS256. */
  readonly secret: string;
  /** Of the tenant: `https://tenant.example.com/`. */
  readonly issuers: readonly string[];
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

export type ReadSessionToken = (token: string) => Promise<WaitingLogin | undefined>;

/**
 * Undefined: not the Action's, of another tenant, or expired. `iss` is a host without `https://` (Auth0 docs, "Redirect with
 * Actions"); the way back is one of the configured issuers', never an address that is made from a token.
 */
export function createReadSessionToken({ secret, issuers, clock }: SessionTokenOptions): ReadSessionToken {
  const key = new TextEncoder().encode(secret);
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ["HS256"],
        requiredClaims: ["exp", "sub"],
        currentDate: new Date(clock()),
      });
      const issuer = issuers
        .map((one) => new URL(one))
        .find(({ host, hostname }) => [host, hostname].includes(payload.iss ?? ""));
      return payload.sub && issuer ? { userId: payload.sub, origin: issuer.origin } : undefined;
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  };
}
