import type { Identity, User } from "../../state/user.ts";
import { userIdOf } from "../../state/user-keys.ts";
import type { Tenant } from "../../tenant.ts";
import { refuseUnimplemented } from "../not-implemented.ts";

export interface VerificationBody {
  readonly user_id: string;
  readonly identity?: Pick<Identity, "provider" | "user_id">;
}

/** Throws 400 for the address of a linked account: the address that is verified here is the user's own. */
export function checkIdentity(
  tenant: Pick<Tenant, "log">,
  { identities: [own] }: User,
  { identity }: VerificationBody,
): void {
  if (identity === undefined || own === undefined || userIdOf(identity) === userIdOf(own)) return;
  refuseUnimplemented(tenant, "identity of a linked account");
}
