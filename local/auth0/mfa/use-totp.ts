import { randomAlphanumeric } from "../ids.ts";
import type { Authenticator, TotpAuthenticator } from "../state/authenticator.ts";
import type { Tenant } from "../tenant.ts";
import { findTotp } from "./factors.ts";
import { findTotpStep, newTotpSecret } from "./totp.ts";

type Mfa = Pick<Tenant, "clock" | "state">;

/** Whether the code is the app's, and newer than the one that was used last. */
export function useTotp({ clock, state }: Mfa, userId: string, code: string): boolean {
  const authenticator = findTotp(state, userId);
  if (authenticator === undefined) return false;
  const step = findTotpStep(authenticator.secret, code, clock());
  if (step === undefined || step <= (authenticator.last_step ?? 0)) return false;
  state.authenticators.set(authenticator.id, { ...authenticator, last_auth_at: clock(), last_step: step });
  return true;
}

/** An app that the user has yet to show a code of; `name` and `secret` as given. */
export function addTotp(
  { clock, state }: Mfa,
  userId: string,
  { secret = newTotpSecret(), ...rest }: Partial<Pick<TotpAuthenticator, "confirmed" | "name" | "secret">> = {},
): TotpAuthenticator {
  const id = `totp|dev_${randomAlphanumeric(16)}`;
  const made = { id, user_id: userId, type: "totp", secret, created_at: clock(), ...rest } as const;
  state.authenticators.set(id, made);
  return made;
}

/** Sets the app up, once it shows the right code. */
export function enrollTotp(tenant: Mfa, userId: string, secret: string, code: string): boolean {
  if (findTotpStep(secret, code, tenant.clock()) === undefined) return false;
  addTotp(tenant, userId, { secret });
  return useTotp(tenant, userId, code);
}

/** Sets up the app of those that wait for their first code that shows it; the others are dropped. */
export function confirmTotp(tenant: Mfa, userId: string, code: string): boolean {
  const { authenticators } = tenant.state;
  const isWaiting = (one: Authenticator): boolean =>
    one.user_id === userId && one.type === "totp" && one.confirmed === false;
  for (const waiting of authenticators.filter(isWaiting)) {
    if (waiting.type !== "totp" || findTotpStep(waiting.secret, code, tenant.clock()) === undefined) continue;
    authenticators.deleteWhere(isWaiting);
    return enrollTotp(tenant, userId, waiting.secret, code);
  }
  return false;
}
