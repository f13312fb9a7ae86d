import type { SessionDevice } from "./session.ts";

/**
 * One grant of offline access, with all the tokens that rotation made of it (a family). Tokens themselves are not kept,
 * only their digests (RefreshTokenDigest). Times in milliseconds since the epoch.
 */
export interface RefreshToken {
  readonly id: string;
  readonly user_id: string;
  readonly client_id: string;
  readonly session_id?: string;
  /** Id of the organization that the user logged in to. */
  readonly organization_id?: string;
  /** Absent for a token that is only good for /userinfo. */
  readonly audience?: string;
  /** What was asked for at the login, and may be asked for again. */
  readonly scope: readonly string[];
  /** Name of the connection that the user came by. */
  readonly connection: string;
  readonly authentication_methods: readonly { readonly name: string; readonly at: number }[];
  readonly authenticated_at: number;
  readonly created_at: number;
  readonly rotating: boolean;
  readonly expires_at?: number;
  readonly idle_expires_at?: number;
  readonly last_exchanged_at?: number;
  /** The digest that is good now. */
  readonly current: string;
  /** Those before it that a leeway keeps good for a moment. */
  readonly previous: readonly { readonly digest: string; readonly until: number }[];
  readonly device: SessionDevice;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Leads from a token that was ever handed out to its family, so that a used one is recognised. */
export interface RefreshTokenDigest {
  readonly digest: string;
  readonly refresh_token_id: string;
}
