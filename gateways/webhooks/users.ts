import type { ManagementClient } from "auth0";
import { type PaidState, parsePaidState } from "../../actions/shared/paid-scopes.ts";
import { isRecord } from "../authorizer/problems.ts";

export type Written =
  | "written"
  /** What stands there says the same, or was read later. */
  | "kept"
  /** There is no such user, or it is linked to another customer. */
  | "not theirs";

export interface Users {
  /** Rejects when it is not certain that it was written. */
  writePaid(userId: string, state: PaidState): Promise<Written>;
  /** The users whose `stripe_customer_id` it is. */
  findLinkedTo(customer: string): Promise<readonly string[]>;
}

/** Seconds after which the same is written again, so that require-subscription has no reason to ask. */
const REFRESH_AFTER = 60 * 60;

/** @param management may read users and update their app_metadata: `read:users update:users_app_metadata` */
export function createUsers(management: Pick<ManagementClient, "users">): Users {
  return {
    async writePaid(userId, state) {
      // Not of the form that an id has: nobody's, and the API refuses to look.
      if (!/^.+\|.+$/.test(userId)) return "not theirs";
      const user = (await findById(management, userId)) ?? (await findByIdentity(management, userId));
      // A customer's metadata names the user, and people can change it: the user's own link has the last word.
      if (user?.metadata.stripe_customer_id !== state.customer) return "not theirs";
      const current = parsePaidState(user.metadata.stripe_paid, state.checked_at);
      if (current !== undefined && current.customer === state.customer && isSettled(current, state)) return "kept";
      await management.users.update(user.id, { app_metadata: { stripe_paid: state } });
      return "written";
    },
    async findLinkedTo(customer) {
      const { data } = await management.users.list({
        q: `app_metadata.stripe_customer_id:${quote(customer)}`,
        search_engine: "v3",
        fields: "user_id,app_metadata",
        include_fields: true,
      });
      return data.flatMap((user) => (readMetadata(user).stripe_customer_id === customer && user.user_id) || []);
    },
  };
}

function isSettled(current: PaidState, state: PaidState): boolean {
  // Another receiver has looked later.
  if (current.checked_at > state.checked_at) return true;
  const isSame = current.until === state.until && current.scopes.join() === state.scopes.join();
  return isSame && state.checked_at - current.checked_at < REFRESH_AFTER;
}

interface FoundUser {
  readonly id: string;
  /** app_metadata */
  readonly metadata: Record<string, unknown>;
}

async function findById(management: Pick<ManagementClient, "users">, id: string): Promise<FoundUser | undefined> {
  try {
    const user = await management.users.get(id, { fields: "app_metadata", include_fields: true });
    return { id, metadata: readMetadata(user) };
  } catch (error) {
    if (isRecord(error) && error.statusCode === 404) return undefined;
    throw error;
  }
}

/** Of accounts that were linked, the id of one is left: what was made for the other carries an id that no user has any more. */
async function findByIdentity(
  management: Pick<ManagementClient, "users">,
  formerId: string,
): Promise<FoundUser | undefined> {
  const bar = formerId.indexOf("|");
  const [provider, id] = [formerId.slice(0, bar), formerId.slice(bar + 1)];
  const { data } = await management.users.list({
    q: `identities.provider:${quote(provider)} AND identities.user_id:${quote(id)}`,
    search_engine: "v3",
    fields: "user_id,identities,app_metadata",
    include_fields: true,
  });
  // The search looks at each field alone, and not at case.
  const user = data.find(({ identities = [] }) =>
    identities.some((identity) => identity.provider === provider && identity.user_id === id),
  );
  return user?.user_id === undefined ? undefined : { id: user.user_id, metadata: readMetadata(user) };
}

const readMetadata = ({ app_metadata: metadata }: { app_metadata?: unknown }): Record<string, unknown> =>
  isRecord(metadata) ? metadata : {};

/** As a phrase of Lucene's query syntax. */
const quote = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`;
