import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { ManagementClient } from "auth0";
import type { PaidState } from "../../../actions/shared/paid-scopes.ts";
import { createUsers, type Users } from "../../../gateways/webhooks/users.ts";
import { trustingFetch } from "../../support/fetch.ts";
import { type LoginTenant, startLoginTenant } from "../../support/login-tenant.ts";
import { createManagementClient } from "../../support/management-client.ts";

const NOW = 1_800_000_000;
const state = (changes: Partial<PaidState> = {}): PaidState => ({
  customer: "cus_1",
  scopes: ["get:reports"],
  until: NOW + 1000,
  checked_at: NOW,
  ...changes,
});
let tenant: LoginTenant;
let users: Users;
let userId: string;
let people = 0;

beforeAll(async () => {
  tenant = await startLoginTenant();
  const admin = createManagementClient(tenant);
  // As tenant.yaml has it: these two scopes are enough.
  const client = await admin.clients.create({
    name: "Billing Webhooks",
    app_type: "non_interactive",
    grant_types: ["client_credentials"],
  });
  await admin.clientGrants.create({
    client_id: client.client_id ?? "",
    audience: `https://${tenant.domain}/api/v2/`,
    scope: ["read:users", "update:users_app_metadata"],
  });
  users = createUsers(
    new ManagementClient({
      domain: tenant.domain,
      clientId: client.client_id ?? "",
      clientSecret: client.client_secret ?? "",
      fetch: trustingFetch(tenant),
      maxRetries: 0,
    }),
  );
});
afterAll(() => tenant.close());

const addUser = async (metadata: Record<string, unknown>) => {
  people += 1;
  ({ user_id: userId } = await tenant.addUser(`person${people}@example.com`, { app_metadata: metadata }));
};
const metadata = () => tenant.tenant.state.users.get(userId)?.app_metadata;

beforeEach(() => addUser({ stripe_customer_id: "cus_1", plan: "gold" }));

test("what is paid is written beside what is there", async () => {
  await expect(users.writePaid(userId, state())).resolves.toBe("written");
  expect(metadata()).toEqual({ stripe_customer_id: "cus_1", plan: "gold", stripe_paid: state() });
});

describe("what stands there is kept when", () => {
  test.each<[string, Partial<PaidState>]>([
    ["it says the same", { checked_at: NOW - 60 }],
    ["it was read later", { scopes: [], until: null, checked_at: NOW + 1 }],
  ])("%s", async (_case, changes) => {
    const before = { stripe_customer_id: "cus_1", stripe_paid: state(changes) };
    await addUser(before);
    await expect(users.writePaid(userId, state())).resolves.toBe("kept");
    expect(metadata()).toEqual(before);
  });
});

describe("it is written anew when what stands there", () => {
  test.each<[string, unknown]>([
    ["is something else", state({ scopes: [], until: null })],
    ["ends at another time", state({ until: NOW + 999 })],
    ["says the same, from an hour ago", state({ checked_at: NOW - 3600 })],
    ["is another customer's, read later", state({ customer: "cus_2", checked_at: NOW + 1 })],
    ["is of another form", "get:reports"],
    ["is from a time to come", state({ scopes: [], until: null, checked_at: NOW + 61 })],
    ["was written by a clock a month ahead", state({ checked_at: NOW + 30 * 24 * 3600 })],
  ])("%s", async (_case, written) => {
    await addUser({ stripe_customer_id: "cus_1", stripe_paid: written });
    await expect(users.writePaid(userId, state())).resolves.toBe("written");
    expect(metadata()).toMatchObject({ stripe_paid: state() });
  });
});

describe("nothing is written to", () => {
  test.each<[string, Record<string, unknown>]>([
    ["a user who is linked to another customer", { stripe_customer_id: "cus_2" }],
    ["a user who is linked to none", {}],
  ])("%s", async (_case, before) => {
    await addUser(before);
    await expect(users.writePaid(userId, state())).resolves.toBe("not theirs");
    expect(metadata()).toEqual(before);
  });

  test("a user that is gone", async () => {
    await expect(users.writePaid("auth0|gone", state())).resolves.toBe("not theirs");
  });
});

describe("a user who was linked to another since the customer was made", () => {
  const link = async (metadata: Record<string, unknown>, linkedMetadata: Record<string, unknown> = {}) => {
    await addUser(linkedMetadata);
    const former = userId;
    await addUser(metadata);
    const [provider = "", ...rest] = former.split("|");
    await createManagementClient(tenant).users.identities.link(userId, {
      provider: provider as "auth0",
      user_id: rest.join("|"),
    });
    return { former, provider, id: rest.join("|") };
  };

  test("is found by the identity", async () => {
    const { former } = await link({ stripe_customer_id: "cus_1" }, { stripe_customer_id: "cus_1" });
    await expect(users.writePaid(former, state())).resolves.toBe("written");
    expect(metadata()).toEqual({ stripe_customer_id: "cus_1", stripe_paid: state() });
  });

  test("and has another customer is left alone", async () => {
    const { former } = await link({ stripe_customer_id: "cus_2" }, { stripe_customer_id: "cus_1" });
    await expect(users.writePaid(former, state())).resolves.toBe("not theirs");
    expect(metadata()).toEqual({ stripe_customer_id: "cus_2" });
  });

  test("is not found by it any more when they were parted again", async () => {
    const { former, provider, id } = await link({ stripe_customer_id: "cus_1" });
    await createManagementClient(tenant).users.identities.delete(userId, provider as "auth0", id);
    await expect(users.writePaid(former, state())).resolves.toBe("not theirs");
    expect(metadata()).toEqual({ stripe_customer_id: "cus_1" });
  });

  test.each(['auth0|" OR identities.provider:"auth0', "auth0|*", "auth0", "|", 'auth0|\\"', "auth0|a|b"])(
    "nobody is found by an id that is none: %s",
    async (id) => {
      await link({ stripe_customer_id: "cus_1" });
      await expect(users.writePaid(id, state())).resolves.toBe("not theirs");
      expect(metadata()).toEqual({ stripe_customer_id: "cus_1" });
    },
  );
});

describe("the user with a link to a customer", () => {
  test("is found by it", async () => {
    await addUser({ stripe_customer_id: "cus_linked" });
    await expect(users.findLinkedTo("cus_linked")).resolves.toEqual([userId]);
  });

  test.each(["cus_LINKED", "cus_link*", 'cus_linked" OR user_id:"auth0', "", "*"])(
    "is not found by another: %j",
    async (id) => {
      await addUser({ stripe_customer_id: "cus_linked" });
      await expect(users.findLinkedTo(id)).resolves.toEqual([]);
    },
  );
});

test("what is not certain is thrown: a client without the scopes", async () => {
  const admin = createManagementClient(tenant);
  const client = await admin.clients.create({
    name: "Other",
    app_type: "non_interactive",
    grant_types: ["client_credentials"],
  });
  await admin.clientGrants.create({
    client_id: client.client_id ?? "",
    audience: `https://${tenant.domain}/api/v2/`,
    scope: ["read:users"],
  });
  const weak = createUsers(
    new ManagementClient({
      domain: tenant.domain,
      clientId: client.client_id ?? "",
      clientSecret: client.client_secret ?? "",
      fetch: trustingFetch(tenant),
      maxRetries: 0,
    }),
  );
  await expect(weak.writePaid(userId, state())).rejects.toMatchObject({ statusCode: 403 });
});
