/** An app with one-time passwords that a user has set up as a second factor. Times in milliseconds since the epoch. */
export interface Authenticator {
  /** `totp|dev_…` */
  readonly id: string;
  readonly user_id: string;
  readonly type: "totp";
  /** Base32; no answer has it. */
  readonly secret: string;
  readonly created_at: number;
  readonly name?: string;
  readonly last_auth_at?: number;
  /** The step of the code that was used last: no code is good twice (RFC 6238 §5.2). */
  readonly last_step?: number;
}
