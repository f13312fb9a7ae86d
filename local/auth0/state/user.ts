/** A place the user can log in from: one connection's account. The first one is the user's own, others were linked. */
export interface Identity {
  readonly connection: string;
  /** The provider's id for the user, without the provider in front. */
  readonly user_id: string;
  readonly provider: string;
  readonly isSocial: boolean;
  /** What the provider told about the account; only a linked identity carries it. */
  readonly profileData?: Readonly<Record<string, unknown>>;
}

/** A user as the Management API shows one. The password is not here (PasswordRecord), nor roles (state/role.ts). */
export interface User extends Record<string, unknown> {
  /** `<provider>|<id>`, that of the first identity. */
  readonly user_id: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly phone_number?: string;
  readonly phone_verified?: boolean;
  readonly username?: string;
  readonly name?: string;
  readonly nickname?: string;
  readonly given_name?: string;
  readonly family_name?: string;
  readonly picture?: string;
  readonly identities: readonly Identity[];
  readonly app_metadata?: Readonly<Record<string, unknown>>;
  readonly user_metadata?: Readonly<Record<string, unknown>>;
  /** Set by an administrator; absent until it was set once. */
  readonly blocked?: boolean;
  readonly created_at: string;
  readonly updated_at: string;
  /** These three appear with the first login. */
  readonly last_login?: string;
  readonly last_ip?: string;
  readonly logins_count?: number;
  readonly last_password_reset?: string;
}

/** The password of a database identity, under `<provider>|<id>` of that identity, so that linking leaves it in place. */
export interface PasswordRecord {
  readonly id: string;
  /** As local/auth0/passwords.ts writes it: parameters, salt and key, never the password. */
  readonly hash: string;
}
