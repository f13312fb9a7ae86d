import { digest } from "../digest.ts";
import type { Authenticator } from "../state/authenticator.ts";
import type { TenantState } from "../state/tenant-state.ts";
import type { User } from "../state/user.ts";
import { isFactorEnabled } from "./factors.ts";
import { maskAddress } from "./mask-address.ts";

/** As the MFA API shows it. */
export interface ListedAuthenticator {
  readonly id: string;
  readonly type: "otp" | "email" | "recovery-code";
  readonly authenticator_type: "otp" | "oob" | "recovery-code";
  /** Whether the user has shown a code of it. */
  readonly active: boolean;
  readonly oob_channel?: "email";
  /** Of an address, so much that its owner knows it. */
  readonly name?: string;
}

/** All of a user, whose verified address is one by itself where the tenant has codes by email on. */
export function listAuthenticators(
  state: Pick<TenantState, "authenticators" | "settingRecords">,
  user: User,
): readonly ListedAuthenticator[] {
  const kept = state.authenticators.filter(({ user_id }) => user_id === user.user_id).flatMap(render);
  const isMailbox = user.email !== undefined && user.email_verified === true && isFactorEnabled(state, "email");
  return isMailbox ? [...kept, renderMailbox(mailboxId(user), user.email, true)] : kept;
}

/** The verified address has no record of its own: its id is made from the user's. */
export const mailboxId = ({ user_id }: Pick<User, "user_id">): string =>
  `email|dev_${digest(user_id)
    .replace(/[^A-Za-z0-9]/g, "0")
    .slice(0, 16)}`;

function render(one: Authenticator): readonly ListedAuthenticator[] {
  const { id, type } = one;
  const active = one.confirmed !== false;
  switch (type) {
    case "totp":
      return [{ id, type: "otp", authenticator_type: "otp", active }];
    case "email":
      return [renderMailbox(id, one.email, active)];
    case "recovery-code":
      return [{ id, type, authenticator_type: type, active }];
    case "phone":
      return [];
  }
}

const renderMailbox = (id: string, email: string, active: boolean): ListedAuthenticator => ({
  id,
  type: "email",
  authenticator_type: "oob",
  active,
  oob_channel: "email",
  name: maskAddress(email),
});
