import { compareSets } from "../compare.ts";
import type { Effect, Observation } from "./observation.ts";

/** What must be. */
export interface Expected {
  /** The description that the client is told instead of tokens. */
  readonly refusal?: string;
  /** By Action, in the order in which they run; one that is not named here may do what it likes, but must not fail. */
  readonly effects: readonly (readonly [action: string, effect?: Effect])[];
  /** Exactly these, or any number of them but none. */
  readonly stripeRequests: readonly string[] | "some";
  /**
   * The one customer with the person's email is theirs, none has it, or one that is not theirs; or a machine logged in, by itself or
   * for an organization, whose customer its token names.
   */
  readonly customer: "linked" | "none" | "somebody else's" | "a machine" | "the organization's";
  /** All of the token's scopes, and its permissions. */
  readonly scopes: readonly string[];
  readonly permissions: readonly string[];
  readonly grantType?: string;
}

/** Pure. What is not as it must be, a sentence each. Neither tokens nor email addresses are quoted. */
export function findDeviations(seen: Observation, expected: Expected): readonly string[] {
  return [
    ...compareAnswer(seen, expected),
    ...compareRuns(seen, expected),
    ...compareRequests(seen.stripeRequests, expected.stripeRequests),
    ...compareCustomer(seen, expected),
    ...(seen.answer.kind === "tokens" && expected.refusal === undefined ? compareClaims(seen, expected) : []),
  ];
}

function compareAnswer({ answer }: Observation, { refusal }: Expected): readonly string[] {
  const found = answer.kind === "tokens" ? "tokens" : `${answer.error} (${answer.description})`;
  const wanted = refusal === undefined ? "tokens" : `access_denied (${refusal})`;
  return found === wanted ? [] : [`answer: ${found} instead of ${wanted}`];
}

function compareRuns({ runs }: Observation, { effects }: Expected): readonly string[] {
  const found = runs.map(({ name }) => name).join(", ");
  const wanted = effects.map(([name]) => name).join(", ");
  if (found !== wanted) return [`Actions: ${found || "none"} ran instead of ${wanted || "none"}`];
  return runs.flatMap(({ name, effect }, index) => {
    const must = effects[index]?.[1];
    if (must === undefined) return effect === "failed" ? [`${name}: failed`] : [];
    return effect === must ? [] : [`${name}: ${effect} instead of ${must}`];
  });
}

function compareRequests(found: readonly string[], wanted: Expected["stripeRequests"]): readonly string[] {
  if (wanted === "some") return found.length > 0 ? [] : ["Stripe: no request arrived"];
  const render = (requests: readonly string[]) => requests.join(", ") || "no request";
  return render(found) === render(wanted) ? [] : [`Stripe: ${render(found)} instead of ${render(wanted)}`];
}

/** The lab's acceptance: the customer in app_metadata is the one whose metadata has the user's id, and there is no other. */
function compareCustomer(
  { account, customers, claims, payer }: Observation,
  { customer }: Expected,
): readonly string[] {
  if (customer === "a machine") return [];
  if (customer === "the organization's") {
    const isTheirs = payer !== undefined && payer.organization === claims?.organization;
    return isTheirs ? [] : ["token: the stripe_customer_id claim is not the organization's customer"];
  }
  if (account === undefined) return ["the tenant does not know the user"];
  const [only] = customers;
  const { customerId, linkedTo, userId } = account;
  if (customer !== "linked") {
    const wanted = customer === "none" ? 0 : 1;
    return [
      ...(customers.length === wanted ? [] : [`Stripe: ${customers.length} customers instead of ${wanted}`]),
      ...(only?.ownerId === userId ? ["Stripe: the customer was made this user's"] : []),
      ...(customerId === undefined ? [] : [`app_metadata: linked to ${customerId} instead of nothing`]),
    ];
  }
  return [
    ...(customers.length === 1 ? [] : [`Stripe: ${customers.length} customers instead of 1`]),
    ...(only?.ownerId === userId ? [] : ["Stripe: the customer's metadata.auth0_user_id is not the user"]),
    ...(customerId === only?.id ? [] : ["app_metadata: stripe_customer_id is not the customer"]),
    ...(linkedTo === userId ? [] : ["app_metadata: stripe_customer_linked_to is not the user"]),
    ...(claims?.customerId === only?.id ? [] : ["token: the stripe_customer_id claim is not the customer"]),
  ];
}

function compareClaims({ account, answer, claims }: Observation, expected: Expected): readonly string[] {
  if (claims === undefined) return ["token: it is not one of this tenant for this API"];
  return [
    ...compareSets("token: scopes", claims.scopes, expected.scopes),
    ...compareSets("token: permissions", claims.permissions, expected.permissions),
    ...(claims.grantType === expected.grantType
      ? []
      : [`token: gty is ${claims.grantType ?? "missing"} instead of ${expected.grantType ?? "missing"}`]),
    ...(claims.email === account?.email ? [] : ["token: the email claim is not the user's email"]),
    ...(claims.isEmailVerified === (account && true) ? [] : ["token: the email_verified claim is not as it must be"]),
    ...(account === undefined || claims.subject === account.userId ? [] : ["token: sub is not the user"]),
    ...(answer.kind === "tokens" && answer.idTokenSubject !== account?.userId ? ["id token: sub is not the user"] : []),
  ];
}
