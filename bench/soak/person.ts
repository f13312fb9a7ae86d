import type Stripe from "stripe";
import type { EventChanges } from "../../test/support/actions/event.ts";

/** An Auth0 user. */
export interface Person {
  readonly userId: string;
  readonly emailNumber: number;
  readonly email: string;
  readonly isVerified: boolean;
  readonly createdAt: string;
  identities: string[];
  loginsCount: number;
  appMetadata: Record<string, unknown>;
  isGone: boolean;
}

/** Whether the person's link leads to a live customer that is theirs, and the customer back to them: webhooks go that way. */
export function ownsLinked({ appMetadata, userId }: Person, live: readonly Stripe.Customer[]): boolean {
  return live.some(({ id, metadata }) => id === appMetadata.stripe_customer_id && metadata.auth0_user_id === userId);
}

export function renderUser(person: Person): NonNullable<EventChanges["user"]> {
  return {
    user_id: person.userId,
    email: person.email,
    email_verified: person.isVerified,
    created_at: person.createdAt,
    app_metadata: { ...person.appMetadata },
    identities: person.identities.map((id) => {
      const [provider = "", userId = ""] = id.split("|");
      return { provider, user_id: userId, connection: provider };
    }),
  };
}
