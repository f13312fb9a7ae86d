import { digest, newSecret } from "../../digest.ts";
import type { Factor, FactorRequest } from "../../mfa/factors.ts";
import { ExpiredToken, InvalidGrant, InvalidRequest } from "../../oauth-error.ts";
import type { Client } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";
import type { Granted } from "../token/grant.ts";

/** A login at the token endpoint that waits for a second factor, under the `mfa_token` that its client was given. */
export interface PendingLogin {
  readonly clientId: string;
  readonly userId: string;
  /** Name. */
  readonly connection: string;
  readonly type: FactorRequest["type"];
  /** Any one of them. */
  readonly factors: readonly Factor[];
  /** Goes on with the Actions after the one that asked, and to tokens or the next factor. */
  readonly goOn: (passed: Factor | "recovery-code") => Promise<Granted>;
}

interface Opened extends PendingLogin {
  /** Names it for the codes that are sent on its behalf. */
  readonly id: string;
  readonly failures: number;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Auth0 docs, "Authenticate Using the Resource Owner Password Flow with MFA": ten minutes, which cannot be configured. */
const LIFETIME = 10 * 60_000;
/** Auth0 docs, "MFA OTP code limitations". */
const MAX_FAILURES = 10;

type InFlight = Pick<Tenant, "clock" | "inFlight">;

export type { Opened as OpenLogin };

/** @returns the `mfa_token` */
export function openPendingLogin({ clock, inFlight }: InFlight, login: PendingLogin): string {
  const token = newSecret();
  const id = digest(token);
  inFlight.pendingLogins.set(id, { ...login, id, failures: 0, expiresAt: clock() + LIFETIME });
  return token;
}

/** Undefined for a token that no login has. @throws {OAuthError} expired */
export function readPendingLogin({ clock, inFlight }: InFlight, token: string): Opened | undefined {
  const login = inFlight.pendingLogins.get(digest(token));
  if (login !== undefined && login.expiresAt <= clock()) throw new ExpiredToken("mfa_token is expired");
  return login;
}

/** @throws {OAuthError} unknown, expired, or of another client */
export function getPendingLogin(tenant: InFlight, token: string, client: Client): Opened {
  const login = readPendingLogin(tenant, token);
  if (login === undefined) throw new InvalidGrant("Malformed mfa_token");
  if (login.clientId !== client.client_id) throw new InvalidRequest("mfa_token not issued to this client");
  return login;
}

export function closePendingLogin({ inFlight }: Pick<Tenant, "inFlight">, { id }: Opened): void {
  inFlight.pendingLogins.delete(id);
}

/** A wrong code. @returns whether it was one too many: then the login begins anew */
export function noteWrongCode({ inFlight }: Pick<Tenant, "inFlight">, login: Opened): boolean {
  const failures = login.failures + 1;
  if (failures >= MAX_FAILURES) return inFlight.pendingLogins.delete(login.id);
  inFlight.pendingLogins.replace(login.id, { ...login, failures });
  return false;
}
