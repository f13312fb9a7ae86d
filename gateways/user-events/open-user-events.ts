import type { Env, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { openStripe, type StripeAccess } from "../billing/stripe-client.ts";
import type { ManagementAccess } from "../management/management-access.ts";
import { openManagement } from "../management/open-management.ts";
import { createAnswerUserEvent } from "./answer-user-event.ts";
import { createCustomers } from "./customers.ts";
import { createReceiveUserEvent, type OnDeletion } from "./receive-user-event.ts";

export interface UserEventsSettings {
  readonly tokens: readonly string[];
  readonly management: ManagementAccess;
  /** A key that may write customers and subscriptions. */
  readonly stripe: StripeAccess;
  readonly onDeletion: OnDeletion;
}

/** What Auth0 is told as the stream's `webhook_endpoint`, behind the proxy's own. */
const USER_EVENTS_PATH = "/webhooks/auth0";

/** Bytes. A user's metadata have 16 MB at most, and of ordinary people some kilobytes. */
const LARGEST = 17 * 1024 * 1024;

export interface UserEventsDependencies {
  /** For https to a tenant or a Stripe on this machine; undefined: Node's own. */
  readonly fetch: typeof fetch | undefined;
  readonly log: (line: string) => void;
}

/** Lets the service hear from Auth0's event stream of users who change and go. */
export function openUserEvents<E extends Env>(
  app: Hono<E>,
  { tokens, management, stripe, onDeletion }: UserEventsSettings,
  { fetch: trustingFetch, log }: UserEventsDependencies,
): void {
  const answer = createAnswerUserEvent({
    tokens,
    receive: createReceiveUserEvent({
      management: openManagement(management, trustingFetch ?? fetch),
      customers: createCustomers(
        openStripe({ ...stripe, ...(stripe.url?.startsWith("https:") && { fetch: trustingFetch }) }),
      ),
      onDeletion,
      clock: Date.now,
      wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      log,
    }),
    log,
  });
  const limit = bodyLimit({ maxSize: LARGEST, onError: (context) => context.json({ error: "too_large" }, 413) });
  app.post(USER_EVENTS_PATH, limit, async (context) => {
    const { status, body } = await answer(await context.req.text(), context.req.header("authorization"));
    return context.json(body, status);
  });
}
