import { randomAlphanumeric } from "../ids.ts";
import type { Tenant } from "../tenant.ts";
import { findTotp } from "./factors.ts";
import { findTotpStep } from "./totp.ts";

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

/** Sets the app up, once it shows the right code. */
export function enrollTotp({ clock, state }: Mfa, userId: string, secret: string, code: string): boolean {
  const step = findTotpStep(secret, code, clock());
  if (step === undefined) return false;
  const id = `totp|dev_${randomAlphanumeric(16)}`;
  const now = clock();
  state.authenticators.set(id, {
    id,
    user_id: userId,
    type: "totp",
    secret,
    created_at: now,
    last_auth_at: now,
    last_step: step,
  });
  return true;
}
