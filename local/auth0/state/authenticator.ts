/** What a user has set up as a second factor. Times in milliseconds since the epoch. */
interface Enrolled {
  /** `totp|dev_…`, by kind. */
  readonly id: string;
  readonly user_id: string;
  readonly created_at: number;
  readonly name?: string;
  readonly last_auth_at?: number;
  /** False until the user has shown a first code. */
  readonly confirmed?: false;
}

/** An app with one-time passwords. */
export interface TotpAuthenticator extends Enrolled {
  readonly type: "totp";
  /** Base32; no answer has it. */
  readonly secret: string;
  /** The step of the code that was used last: no code is good twice (RFC 6238 §5.2). */
  readonly last_step?: number;
}

/** An address besides the verified one of the user, which is a factor by itself. */
interface EmailAuthenticator extends Enrolled {
  readonly type: "email";
  readonly email: string;
}

/** For who lost the factor: good once. */
interface RecoveryCode extends Enrolled {
  readonly type: "recovery-code";
  readonly digest: string;
}

/** Kept for an application that asks for it; no login does. */
export interface PhoneAuthenticator extends Enrolled {
  readonly type: "phone";
  readonly phone_number: string;
  readonly preferred_authentication_method: "sms" | "voice";
}

export type Authenticator = TotpAuthenticator | EmailAuthenticator | PhoneAuthenticator | RecoveryCode;
