/** What stands behind a code in the tenant's log when a login ends without tokens (Auth0 docs, "Log Event Type Codes"). */
const DENIALS: Readonly<Record<string, string>> = {
  f: "the login failed",
  fc: "the login failed at the directory's connector",
  fco: "the page that asked is not among the application's allowed origins",
  fcoa: "the cross-origin login failed",
  fens: "the login with a provider's own token failed",
  fp: "the password was wrong",
  fu: "no user has this email address or user name",
  fs: "the sign-up failed",
  fsa: "the silent login failed",
  feacft: "the authorization code was not exchanged for tokens",
  feoobft: "the password and out-of-band code were not exchanged for tokens",
  feotpft: "the password and one-time code were not exchanged for tokens",
  fepft: "the password was not exchanged for tokens",
  fepotpft: "the one-time code was not exchanged for tokens",
  fercft: "the password and recovery code were not exchanged for tokens",
  ferrt: "a refresh token was used twice, so the whole family is revoked",
  fertft: "the refresh token was not exchanged for tokens",
  feccft: "the client's credentials were not exchanged for a token",
  fede: "the device code was not exchanged for tokens",
  limit_mu: "the address of the caller is blocked after too many failed logins",
  limit_sul: "the user is blocked after too many logins in a minute",
  limit_wc: "the user is blocked after too many wrong passwords",
  pwd_leak: "the password is known from a leak",
  gd_auth_failed: "the second factor was wrong",
  gd_auth_rejected: "the second factor was rejected",
  actions_execution_failed: "an Action failed",
};

export const DENIAL_TYPES: readonly string[] = Object.keys(DENIALS);
/** Logins that ended with tokens, or with the code for them. */
export const SUCCESS_TYPES: readonly string[] = ["s", "ssa", "sepft"];

const OTHERS: Readonly<Record<string, string>> = {
  s: "the login succeeded",
  ssa: "the silent login succeeded",
  ss: "the sign-up succeeded",
  seacft: "the authorization code was exchanged for tokens",
  sepft: "the password was exchanged for tokens",
  sertft: "the refresh token was exchanged for tokens",
  seccft: "the client's credentials were exchanged for a token",
};

export function describeType(type: string): string {
  return DENIALS[type] ?? OTHERS[type] ?? `an event of type ${type}`;
}
