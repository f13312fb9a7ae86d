import { randomBytes } from "node:crypto";
import { type Fixtures, ORGANIZATION_PAYS, type Worker } from "../../../own-rows/fixtures.ts";
import type { Context, Visitor } from "../context.ts";
import type { Expected } from "../find-deviations.ts";
import { authenticateWorker } from "../steps.ts";
import type { Scenario } from "./scenario.ts";

/** A machine whose token is for an organization, which pays for nothing, or for everything that the machine may ask for. */
export function listOrganizationScenarios(fixtures: Fixtures): readonly Scenario[] {
  const { worker, machineActions, organizationPaidScopes } = fixtures;
  if (worker === undefined || worker.organizations === "deny" || !machineActions.includes(ORGANIZATION_PAYS)) return [];
  const paid = worker.scopes.filter((scope) => organizationPaidScopes.includes(scope));
  const free = worker.scopes.filter((scope) => !paid.includes(scope));
  const asked = paid.length > 0 ? ["GET /v1/subscriptions"] : [];
  // What is subscribed to is a product by its id alone; scopes are names.
  const named = paid.length > 0 ? [...asked, "GET /v1/products"] : [];
  const expect = (scopes: readonly string[], stripeRequests: readonly string[]): Expected => ({
    effects: machineActions.map((name) => (name === ORGANIZATION_PAYS ? [name, "changed"] : [name])),
    stripeRequests,
    customer: "the organization's",
    scopes,
    permissions: scopes,
    grantType: "client-credentials",
  });
  return [
    {
      prepare: async (context, visitor) => {
        visitor.organization = await createOrganization(context, worker, "unpaid");
      },
      steps: [
        {
          name: "organization's machine",
          story: "the organization pays for nothing",
          run: authenticateWorker,
          expected: expect(free, ["GET /v1/customers/search", "POST /v1/customers", ...asked]),
        },
      ],
    },
    {
      prepare: async (context, visitor) => {
        visitor.organization = await createOrganization(context, worker, "paying");
        await subscribe(context, visitor, paid);
      },
      steps: [
        {
          name: "paying organization",
          story: `subscribes to ${paid.join(", ") || "nothing, for nothing costs money"}`,
          run: authenticateWorker,
          expected: expect(worker.scopes, named),
        },
      ],
    },
  ];
}

async function createOrganization({ management }: Context, worker: Worker, name: string): Promise<string> {
  const { id = "" } = await management.organizations.create({ name: `${name}-organization` });
  if (worker.anyOrganization) return id;
  const { data } = await management.clients.list({ per_page: 100 });
  const { client_id } = data.find((client) => client.name === worker.name) ?? {};
  const grants = await management.clientGrants.list({ ...(client_id && { client_id }) });
  for (const grant of grants.data) await management.organizations.clientGrants.create(id, { grant_id: grant.id ?? "" });
  return id;
}

/** As a back office does: products are named by scopes, and the organization's metadata name its customer. */
async function subscribe(
  { management, services, stripe }: Context,
  { organization = "" }: Visitor,
  paid: readonly string[],
) {
  const owner = services.stripe.keys.add({ secret: `sk_test_${randomBytes(12).toString("hex")}` });
  const as = { apiKey: owner.secret };
  const customer = await stripe.customers.create({ metadata: { auth0_org_id: organization } }, as);
  for (const name of paid) {
    const product = await stripe.products.create({ name }, as);
    const recurring = { interval: "month" } as const;
    const price = await stripe.prices.create({ product: product.id, currency: "usd", unit_amount: 200, recurring }, as);
    await stripe.subscriptions.create(
      { customer: customer.id, items: [{ price: price.id }], collection_method: "send_invoice", days_until_due: 30 },
      as,
    );
  }
  await management.organizations.update(organization, { metadata: { stripe_customer_id: customer.id } });
}
