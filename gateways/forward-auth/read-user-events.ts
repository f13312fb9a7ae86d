import type { Problems } from "../authorizer/problems.ts";
import type { UserEventsSettings } from "../user-events/open-user-events.ts";
import type { OnDeletion } from "../user-events/receive-user-event.ts";

const CHOICES: readonly OnDeletion[] = ["cancel", "detach"];

/** Undefined: no events of users are received. */
export function readUserEvents(
  environment: Readonly<Record<string, string | undefined>>,
  problems: Problems,
): UserEventsSettings | undefined {
  const {
    AUTH0_EVENTS_TOKEN: token,
    STRIPE_USER_EVENTS_KEY: secretKey,
    STRIPE_API_URL: url,
    USER_DELETED: chosen,
    WEBHOOK_CLIENT_ID: clientId,
    WEBHOOK_CLIENT_SECRET: clientSecret,
    AUTH0_DOMAIN: domain,
  } = environment;
  if (!token) return undefined;
  const tokens = token.split(",").map((one) => one.trim());
  // It is all that tells Auth0 from anybody.
  if (!tokens.every((one) => /^\S{32,}$/.test(one)))
    problems.add(
      "AUTH0_EVENTS_TOKEN",
      "expected at least 32 characters without a space, or two such with a comma between",
    );
  const onDeletion = CHOICES.find((one) => one === (chosen || "cancel"));
  if (onDeletion === undefined) problems.add("USER_DELETED", `expected ${CHOICES.join(" or ")}`);
  if (!secretKey) problems.add("STRIPE_USER_EVENTS_KEY", "a restricted key that may write customers and subscriptions");
  if (!clientId || !clientSecret || !domain)
    return problems.add(
      "WEBHOOK_CLIENT_ID, WEBHOOK_CLIENT_SECRET and AUTH0_DOMAIN",
      "AUTH0_EVENTS_TOKEN needs all three, to read the users that events are about",
    );
  return {
    tokens,
    management: { domain, clientId, clientSecret },
    stripe: { secretKey: secretKey ?? "", url: url || undefined },
    onDeletion: onDeletion ?? "cancel",
  };
}
