/** What a user has agreed that a client may have of an API, under `<user>:<client>:<audience>`. */
export interface Consent {
  readonly user_id: string;
  readonly client_id: string;
  /** Empty for /userinfo alone. */
  readonly audience: string;
  readonly scope: readonly string[];
}
