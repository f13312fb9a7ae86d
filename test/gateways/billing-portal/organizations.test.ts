import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import { createMovableClock } from "../../../local/clock.ts";
import { createManagementClient } from "../../support/management-client.ts";
import { type Answer, type PortalWorld, SCOPE, startPortalWorld, type Visit } from "../support/portal.ts";

/** Somebody logs in to an organization, which pays for what its people use there. */
// Behind Node's own, so that time can pass for Stripe's search.
const clock = createMovableClock(() => Date.now() - 60 * 60_000);
let world: PortalWorld;
let management: ManagementClient;
let configuration: string;
let billing: string;
let people = 0;
let email: string;
let userId: string;
let organization: string;
let visit: Visit;

beforeAll(async () => {
  world = await startPortalWorld(clock.now);
  management = createManagementClient(world.tenant);
  billing = (await management.roles.create({ name: "billing" })).id ?? "";
  const { billingPortal } = world.stripe.client;
  ({ id: configuration } = await billingPortal.configurations.create({
    features: { invoice_history: { enabled: true } },
  }));
});
afterAll(() => world.close());

beforeEach(async () => {
  people += 1;
  email = `person${people}@example.com`;
  ({ user_id: userId } = await world.tenant.addUser(email, { email_verified: true }));
  organization = await createOrganization(`acme${people}`);
  await management.organizations.members.create(organization, { members: [userId] });
  visit = world.visit(world.open({ configuration }));
  world.logs.length = 0;
});

const createOrganization = async (name: string) => {
  const enabled_connections = [{ connection_id: world.tenant.database.id }];
  return (
    (await management.organizations.create({ name, display_name: `<b>${name}</b>`, enabled_connections })).id ?? ""
  );
};
const mayPay = () => management.organizations.members.roles.assign(organization, userId, { roles: [billing] });
const enter = (id = organization) => visit.logIn(email, `/billing?organization=${id}`);
const metadataOf = async () => (await management.organizations.get(organization)).metadata;
const customersOf = async (id = organization) =>
  (await world.stripe.client.customers.list({ limit: 100 })).data.filter(
    ({ metadata }) => metadata.auth0_org_id === id,
  );
const createCustomer = async () =>
  (await world.stripe.client.customers.create({ metadata: { auth0_org_id: organization } })).id;
const linkCustomer = async (metadata: Record<string, string> = {}) => {
  const id = await createCustomer();
  await management.organizations.update(organization, { metadata: { ...metadata, stripe_customer_id: id } });
  return id;
};
const subscribe = (customer: string) =>
  world.stripe.client.subscriptions.create({ customer, items: [{ price: world.price }] });
const badgeOf = ({ text }: Answer) => /<span class="badge[^>]*>([^<]+)</.exec(text)?.[1];
const bannerOf = ({ text }: Answer) => /<p class="banner [a-z]+" role="\w+">([^<]+)</.exec(text)?.[1];
const ownCustomers = async () => (await world.stripe.client.customers.list({ email })).data;
const MAY_NOT = "Only members who may pay for your organization can do that. Ask one of them.";

describe("a member who may pay", () => {
  beforeEach(mayPay);

  test("subscribes the organization, whose customer is made then, and not themselves", async () => {
    await management.organizations.update(organization, { metadata: { plan: "gold" } });
    await enter();
    const page = await visit.get();
    expect(page.text).toContain(`Signed in as ${email}, for &lt;b&gt;acme${people}&lt;/b&gt;`);
    expect(badgeOf(page)).toBe("Not subscribed");
    expect((await visit.subscribe()).status).toBe(303);
    const [customer, ...others] = await customersOf();
    expect([others, await ownCustomers()]).toEqual([[], []]);
    expect(await metadataOf()).toEqual({ plan: "gold", stripe_customer_id: customer!.id });
    expect((await world.stripe.client.checkout.sessions.list({ customer: customer!.id })).data).toHaveLength(1);
  });

  test("twice at once, from two nodes, leads to one page of one customer", async () => {
    await enter();
    const elsewhere = world.visit(world.open());
    for (const [name, value] of visit.cookies) elsewhere.cookies.set(name, value);
    const answers = await Promise.all([visit.subscribe(), visit.subscribe(), elsewhere.subscribe()]);
    expect([new Set(answers.map(({ location }) => location)).size, (await customersOf()).length]).toEqual([1, 1]);
  });

  test.each<[string, () => Promise<string>]>([
    ["its metadata name", linkCustomer],
    [
      "a machine's token has made",
      async () => {
        const id = await createCustomer();
        clock.advance(61_000);
        return id;
      },
    ],
  ])("sees what the organization's customer pays for that %s, and makes no second subscription", async (_how, make) => {
    const customer = await make();
    await subscribe(customer);
    await enter();
    expect(badgeOf(await visit.get())).toBe("Active");
    const answer = await visit.subscribe();
    expect([answer.status, bannerOf(answer)]).toEqual([409, "You are subscribed to this already."]);
    expect([(await metadataOf())?.stripe_customer_id, (await customersOf()).length]).toEqual([customer, 1]);
    const managed = await visit.post("/billing/manage", { form_token: await visit.formToken() });
    expect([managed.status, managed.location]).toEqual([303, expect.stringContaining("/p/session/")]);
  });

  test("and whose organization's customer was deleted at Stripe subscribes with another", async () => {
    const gone = await linkCustomer({ plan: "gold" });
    await world.stripe.client.customers.del(gone);
    await enter();
    expect((await visit.subscribe()).status).toBe(303);
    const [customer] = await customersOf();
    expect(await metadataOf()).toEqual({ plan: "gold", stripe_customer_id: customer!.id });
    expect(customer!.id).not.toBe(gone);
  });

  test("is asked for it again at the next click: who lost the role since pays nothing", async () => {
    await enter();
    const formToken = await visit.formToken();
    await management.organizations.members.roles.delete(organization, userId, { roles: [billing] });
    const answer = await visit.post("/billing/checkout", { form_token: formToken, scope: SCOPE });
    expect([answer.status, bannerOf(answer), await customersOf()]).toEqual([403, MAY_NOT, []]);
  });

  test("with a token for the organization is answered for it", async () => {
    const customer = await linkCustomer();
    await subscribe(customer);
    const headers = { authorization: `Bearer ${await world.tokenFor(email, organization)}` };
    const answer = JSON.parse((await visit.get("/billing", headers)).text);
    expect(answer).toMatchObject({
      email,
      organization,
      may_pay: true,
      scopes: [{ scope: SCOPE, standing: "active" }],
    });
  });

  test("pays for themselves where they have not logged in to the organization", async () => {
    await visit.logIn(email);
    expect((await visit.subscribe()).status).toBe(303);
    expect([(await ownCustomers()).length, await customersOf()]).toEqual([1, []]);
  });

  test("changes over to another organization, or to the first, by its name in the address", async () => {
    const other = await createOrganization(`other${people}`);
    await management.organizations.members.create(other, { members: [userId] });
    await enter();
    await enter(other);
    expect((await visit.get()).text).toContain(`other${people}`);
    expect((await visit.get(`/billing?organization=${other}`)).status).toBe(200);
    expect((await visit.get(`/billing?organization=${organization}`)).status).toBe(303);
  });
});

describe("a member who may not pay", () => {
  test("sees what is paid for, without a button", async () => {
    await subscribe(await linkCustomer());
    await enter();
    const page = await visit.get();
    expect([page.status, badgeOf(page)]).toEqual([200, "Active"]);
    expect(page.text).toContain("Members who may pay for your organization can change this.");
    expect(page.text).not.toContain("<form");
  });

  test.each(["checkout", "manage"])("is refused at %s, by page and by token, and nothing is done", async (path) => {
    const customer = await linkCustomer();
    const headers = { authorization: `Bearer ${await world.tokenFor(email, organization)}` };
    const answer = await visit.post(`/billing/${path}`, { scope: SCOPE }, headers);
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      403,
      { error: "payer_role_required", error_description: MAY_NOT },
    ]);
    expect((await world.stripe.client.checkout.sessions.list({ customer })).data).toEqual([]);
  });

  test("may with a role of the settings' own", async () => {
    const { id = "" } = await management.roles.create({ name: `owner${people}` });
    await management.organizations.members.roles.assign(organization, userId, { roles: [id] });
    visit = world.visit(world.open({ organizationRoles: ["treasurer", `owner${people}`] }));
    await enter();
    expect((await visit.subscribe()).status).toBe(303);
  });
});

describe("nothing of an organization is shown or done", () => {
  test("for somebody who is not a member any more", async () => {
    await mayPay();
    await subscribe(await linkCustomer());
    await enter();
    await management.organizations.members.delete(organization, { members: [userId] });
    const answer = await visit.get();
    expect([answer.status, badgeOf(answer)]).toEqual([403, undefined]);
  });

  test.each(["org_other", "", "acme", "org_1&x=1", "<script>"])("that is called %j", async (id) => {
    const query = new URLSearchParams({ organization: id });
    const answer = await visit.get(`/billing?${query}`);
    const isId = /^org_\w+$/.test(id);
    expect(answer.status).toBe(isId ? 303 : 400);
    expect(answer.text).not.toContain("<script");
    if (isId) expect((await visit.browser.open(answer.location)).text).not.toContain("Signed in");
  });

  test("where the client may not read organizations; the log says what it lacks", async () => {
    await enter();
    const { client } = world;
    const { state } = world.tenant.tenant;
    const grant = state.clientGrants.find(({ client_id }) => client_id === client.client_id)!;
    state.clientGrants.set(grant.id, { ...grant, scope: ["read:users", "update:users"] });
    const blind = world.visit(world.open());
    for (const [name, value] of visit.cookies) blind.cookies.set(name, value);
    const answer = await blind.get();
    state.clientGrants.set(grant.id, grant);
    expect(answer.status).toBe(503);
    expect(world.logs.join()).toContain("403");
  });
});
