import type { ManagementClient } from "auth0";
import { isCustomerId } from "../../actions/shared/paid-scopes.ts";
import { normalizeEmail } from "../../actions/sync-stripe-customer/email.ts";
import { findById, findByIdentity } from "../webhooks/find-user.ts";
import type { Customers } from "./customers.ts";
import type { UserEvent } from "./user-event.ts";

export interface ReceiveUserEventOptions {
  /** May read users and update their app_metadata. */
  readonly management: Pick<ManagementClient, "users">;
  readonly customers: Customers;
  /** What becomes of the subscriptions of a user who was deleted. */
  readonly onDeletion: OnDeletion;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly log: (line: string) => void;
}

/** `cancel`: they end at once, and what was used until then is invoiced. `detach`: they go on, and a person decides. */
export type OnDeletion = "cancel" | "detach";

/**
 * Milliseconds after which a search finds what was written. An account that was linked to another is deleted too, and is found only
 * by a search, which lags behind (Auth0 docs, "User Search Best Practices").
 */
const SEARCH_LAGS = 5_000;

/** Brings Stripe's customer to what is true of its Auth0 user now; done twice or in another order it comes to the same. */
export function createReceiveUserEvent(options: ReceiveUserEventOptions): (event: UserEvent) => Promise<void> {
  return (event) => (event.kind === "deleted" ? receiveDeleted(event, options) : receiveUpdated(event, options));
}

async function receiveUpdated(
  { userId, email, metadata }: UserEvent,
  { management, customers, log }: ReceiveUserEventOptions,
): Promise<void> {
  // Every login may be an update: most have nothing to do with the email.
  if (!isCustomerId(metadata.stripe_customer_id) || !isNewEmail(email, metadata)) return;
  const user = await findById(management, userId);
  const customer = user?.metadata.stripe_customer_id;
  // An address that nobody has proven stays out, as at a login.
  if (user?.email === undefined || !user.isVerified || !isCustomerId(customer)) return;
  if (user.metadata.stripe_customer_linked_to !== userId || !isNewEmail(user.email, user.metadata)) return;
  const address = normalizeEmail(user.email);
  if (!(await customers.changeEmail(customer, address))) return;
  await management.users.update(userId, { app_metadata: { stripe_customer_email: address } });
  log(`user events: ${customer} has its user's email again`);
}

const isNewEmail = (email: string | undefined, { stripe_customer_email: known }: Record<string, unknown>): boolean =>
  email !== undefined && normalizeEmail(email) !== known;

async function receiveDeleted(
  { userId, at, metadata }: UserEvent,
  { management, customers, onDeletion, clock, wait, log }: ReceiveUserEventOptions,
): Promise<void> {
  await wait(Math.min(Math.max(0, at + SEARCH_LAGS - clock()), SEARCH_LAGS));
  // Somebody registered under the same id again, or it was linked to another user, who goes on using it.
  if ((await findById(management, userId)) ?? (await findByIdentity(management, userId))) return;
  const link = metadata.stripe_customer_id;
  for (const customer of await customers.findOwn(userId, isCustomerId(link) ? link : undefined)) {
    const ended = onDeletion === "cancel" ? await customers.cancelSubscriptions(customer) : 0;
    await customers.markOrphan(customer, new Date(at).toISOString());
    log(`user events: the user of ${customer} was deleted; ${ended} of its subscriptions canceled`);
  }
}
