import type { CredentialsExchangeAPI, Event } from "@auth0/actions/credentials-exchange/v2";
import { isCustomerId, type PaidRules, type PaidState, parsePaidState } from "../shared/paid-scopes.ts";
import { readRequired } from "../shared/settings.ts";
import { type Deadline, startDeadline, type TimeLimits } from "../shared/stripe/deadline.ts";
import { Unsettled } from "../shared/stripe/failure.ts";
import type { OpenOrganizationCustomers } from "../shared/stripe/organization-customers.ts";
import { readPaid } from "../shared/stripe/read-paid.ts";
import type { OpenStripe } from "../shared/stripe/stripe-subscriptions.ts";
import { readSettings } from "./settings.ts";

export const NAME = "require-organization-subscription";

/** A machine waits for its token, and asks again when it does not get one. */
export const LIMITS: TimeLimits = { total: 5000, call: 2000, pause: 250 };

export interface Dependencies {
  billing: PaidRules;
  limits: TimeLimits;
  openCustomers: OpenOrganizationCustomers;
  openSubscriptions: OpenStripe;
  /** Milliseconds since the epoch. */
  clock: () => number;
}

/** Milliseconds for which an answer of Stripe is used again: no webhook reaches the cache of an Action. */
const CACHED_FOR = { customer: 24 * 60 * 60_000, paid: 60 * 60_000, unpaid: 50_000 };

/**
 * A machine's token is its organization's: the claim says which customer pays, and paid scopes stay only while they are paid for.
 * One without an organization is left as it is, and the gateways ask it for a customer that it does not have.
 *
 * @throws {ActionError} `bad_setting`
 * @throws {Unsettled} Stripe did not say which customer it is
 */
export async function requireOrganizationSubscription(
  event: Event,
  api: CredentialsExchangeAPI,
  { billing, limits, openCustomers, openSubscriptions, clock }: Dependencies,
) {
  const { organization, resource_server: resourceServer, secrets } = event;
  const { apiIdentifier, namespace } = readSettings(secrets);
  if (organization === undefined || resourceServer.identifier !== apiIdentifier) return;
  const deadline = startDeadline(limits);
  const secretKey = readRequired(secrets, "STRIPE_SECRET_KEY");

  const cached = `customer:${organization.id}`;
  const named: readonly unknown[] = [organization.metadata.stripe_customer_id, api.cache.get(cached)?.value];
  const known = named.find(isCustomerId);
  const customer = known ?? (await openCustomers(secretKey, deadline).settle(organization.id));
  if (known === undefined) api.cache.set(cached, customer, { ttl: CACHED_FOR.customer });
  const prefix = namespace?.prefix ?? apiIdentifier;
  api.accessToken.setCustomClaim(`${prefix}stripe_customer_id`, customer);

  const asked = event.transaction.target_scopes ?? event.accessToken.scope;
  const paidAndAsked = billing.paidScopes.map(({ scope }) => scope).filter((scope) => asked.includes(scope));
  if (paidAndAsked.length === 0) return;
  const read = () => readPaid(customer, billing, openSubscriptions(secretKey, deadline), seconds(clock));
  const paid = await findPaid(customer, api, clock, read, deadline);
  // Who is not known to pay or not is left to the gateways, which ask for themselves.
  const unpaid = paidAndAsked.filter((scope) => paid?.includes(scope) === false);
  for (const scope of unpaid) removeScope(api, scope);
  // A machine's permissions are its scopes: nothing else says that these are missing for want of money alone.
  if (unpaid.length > 0) api.accessToken.setCustomClaim(`${prefix}unpaid_scopes`, unpaid.join(" "));
}

async function findPaid(
  customer: string,
  api: CredentialsExchangeAPI,
  clock: () => number,
  read: () => Promise<PaidState>,
  deadline: Deadline,
): Promise<readonly string[] | undefined> {
  const known = parsePaidState(parse(api.cache.get(`paid:${customer}`)?.value), seconds(clock));
  if (known !== undefined && (known.until === null || known.until > seconds(clock))) return known.scopes;
  try {
    const state = await read();
    const ttl = state.scopes.length > 0 ? CACHED_FOR.paid : CACHED_FOR.unpaid;
    api.cache.set(`paid:${customer}`, JSON.stringify(state), { ttl });
    console.log(`${NAME}: ${customer} pays for ${state.scopes.join(", ") || "nothing"} (${deadline.render()})`);
    return state.scopes;
  } catch (error) {
    if (!(error instanceof Unsettled)) throw error;
    console.error(`${NAME}: Stripe does not say what ${customer} pays for: ${error.message} (${deadline.render()})`);
    return undefined;
  }
}

/** Early Access: where a tenant lacks it, the scope stays, and the gateways answer 402. */
function removeScope(api: CredentialsExchangeAPI, scope: string) {
  try {
    api.transaction.removeTargetScope(scope);
  } catch {
    console.log(`${NAME}: this tenant has no target scopes; ${scope} stays in the token, and the gateways refuse it`);
  }
}

function parse(text: unknown): unknown {
  return typeof text === "string" ? JSON.parse(text) : undefined;
}

const seconds = (clock: () => number): number => Math.floor(clock() / 1000);
