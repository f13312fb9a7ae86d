import { errors, jwtVerify } from "jose";
import type { Context, Visitor } from "./context.ts";
import type { Account, Answer, Customer, Observation, Payer, TokenClaims } from "./observation.ts";
import { readRuns } from "./read-runs.ts";

/** Runs one step and looks at everything that it left behind: at the tenant, at Stripe, in the token. */
export async function observe(
  context: Context,
  visitor: Visitor | undefined,
  run: () => Promise<Answer>,
): Promise<Observation> {
  const { tenant, stripe } = context.services;
  stripe.log.clear();
  const before = tenant.tenant.logs.entries().length;
  const ranBefore = context.results.length;
  const answer = await run();
  const entries = tenant.tenant.logs.entries().slice(before);
  const stripeRequests = stripe.log.entries().map(({ method, route }) => `${method} ${route}`);

  const [account, customers] = visitor === undefined ? [undefined, []] : await readPerson(context, visitor.email);
  const result = context.results.slice(ranBefore).at(-1);
  const claims = answer.kind === "tokens" ? await readClaims(context, answer.accessToken) : undefined;
  return {
    answer,
    runs: readRuns(entries, tenant.tenant.state.actionExecutions),
    stripeRequests,
    customers,
    ...(account && { account }),
    ...(claims && { claims }),
    ...(result && { result }),
    ...(claims?.organization !== undefined &&
      claims.customerId !== undefined && {
        payer: await readPayer(context, claims.customerId),
      }),
  };
}

async function readPayer({ stripe }: Context, id: string): Promise<Payer> {
  const customer = await stripe.customers.retrieve(id);
  return { id, organization: customer.deleted ? undefined : customer.metadata.auth0_org_id };
}

async function readPerson(
  { management, stripe }: Context,
  email: string,
): Promise<readonly [Account | undefined, readonly Customer[]]> {
  const [[user], { data }] = await Promise.all([
    management.users.listUsersByEmail({ email }),
    stripe.customers.list({ email, limit: 100 }),
  ]);
  const customers = data.map(({ id, metadata }) => ({ id, ownerId: metadata.auth0_user_id }));
  if (user === undefined) return [undefined, customers];
  const { stripe_customer_id: customerId, stripe_customer_linked_to: linkedTo } = user.app_metadata ?? {};
  return [{ userId: user.user_id ?? "", email, customerId: textOf(customerId), linkedTo: textOf(linkedTo) }, customers];
}

/** As an API reads them; undefined if it would refuse the token. */
async function readClaims({ fixtures, clients, services }: Context, token: string): Promise<TokenClaims | undefined> {
  const { audience } = fixtures;
  const prefix = fixtures.setting("add-email-claim", "CLAIM_NAMESPACE") ?? audience;
  try {
    const { payload } = await jwtVerify(token, clients.keys, {
      algorithms: ["RS256"],
      issuer: clients.issuer,
      audience,
      requiredClaims: ["exp", "sub"],
      currentDate: new Date(services.tenant.tenant.clock()),
    });
    const isVerified = payload[`${prefix}email_verified`];
    return {
      subject: payload.sub ?? "",
      scopes: textOf(payload.scope)?.split(" ") ?? [],
      permissions: Array.isArray(payload.permissions) ? payload.permissions.map(String) : [],
      email: textOf(payload[`${prefix}email`]),
      isEmailVerified: typeof isVerified === "boolean" ? isVerified : undefined,
      customerId: textOf(payload[`${prefix}stripe_customer_id`]),
      grantType: textOf(payload.gty),
      organization: textOf(payload.org_id),
    };
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
