import { digest, isSameSecret } from "../digest.ts";
import { randomAlphanumeric } from "../ids.ts";
import type { Tenant } from "../tenant.ts";
import { findAuthenticator } from "./factors.ts";

type Mfa = Pick<Tenant, "clock" | "state">;

/** A new one in the place of the one before it: 24 letters and digits, kept as a digest. */
export function issueRecoveryCode({ clock, state }: Mfa, userId: string): string {
  const code = randomAlphanumeric(40).toUpperCase().slice(0, 24);
  state.authenticators.deleteWhere(({ type, user_id }) => user_id === userId && type === "recovery-code");
  const id = `recovery-code|dev_${randomAlphanumeric(16)}`;
  state.authenticators.set(id, {
    id,
    user_id: userId,
    type: "recovery-code",
    digest: digest(code),
    created_at: clock(),
  });
  return code;
}

/** The code that takes the place of the one that was shown; undefined where that is not the user's. */
export function useRecoveryCode(tenant: Mfa, userId: string, code: string): string | undefined {
  const current = findAuthenticator(tenant.state, userId, "recovery-code");
  const given = digest(code.replace(/[\s-]/g, "").toUpperCase());
  const isRight = current !== undefined && isSameSecret(given, current.digest);
  return isRight ? issueRecoveryCode(tenant, userId) : undefined;
}
