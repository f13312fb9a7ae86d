import type { User } from "../state/user.ts";
import type { Tenant } from "../tenant.ts";
import { isoTime } from "../timestamps.ts";

/** Changes a user as it stands now, and notes when. Undefined, and nothing is written, where it has been deleted meanwhile. */
export function changeUser(
  { clock, state }: Pick<Tenant, "clock" | "state">,
  id: string,
  change: (user: User) => User,
): User | undefined {
  const user = state.users.get(id);
  if (user === undefined) return undefined;
  return state.users.set(id, { ...change(user), updated_at: isoTime(clock()) });
}
