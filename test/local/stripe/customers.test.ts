import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type Stripe from "stripe";
import { NOW } from "../../support/actions/event.ts";
import { startTestStripe, type TestStripe } from "../../support/stripe.ts";

let stripe: TestStripe;
let customers: Stripe["customers"];

beforeEach(async () => {
  stripe = await startTestStripe();
  customers = stripe.client.customers;
});

afterEach(() => stripe.close());

const ADDRESS = { line1: "1 Way", city: "Bath", country: "GB" };

test("a customer is made with what was sent, and read back the same", async () => {
  const made = await customers.create({
    email: "Ada@Example.org",
    name: "Ada",
    description: "first",
    phone: "+15550100",
    balance: -500,
    metadata: { auth0_user_id: "auth0|1", plan: "a" },
    address: ADDRESS,
    shipping: { name: "Ada", address: ADDRESS },
    preferred_locales: ["en", "fr"],
    tax_exempt: "exempt",
  });
  const full = { ...ADDRESS, line2: null, postal_code: null, state: null };
  expect(made).toMatchObject({
    id: expect.stringMatching(/^cus_[A-Za-z0-9]{14}$/),
    object: "customer",
    created: NOW / 1000,
    livemode: false,
    email: "Ada@Example.org",
    balance: -500,
    metadata: { auth0_user_id: "auth0|1", plan: "a" },
    address: full,
    shipping: { name: "Ada", address: full, phone: null },
    preferred_locales: ["en", "fr"],
    tax_exempt: "exempt",
  });
  await expect(customers.retrieve(made.id)).resolves.toEqual(made);
});

test("an empty request makes an empty customer", async () => {
  await expect(customers.create()).resolves.toMatchObject({ email: null, name: null, metadata: {}, address: null });
});

test("an update changes what it names, merges metadata, and empty strings remove", async () => {
  const { id } = await customers.create({
    email: "a@example.org",
    name: "Ada",
    address: ADDRESS,
    shipping: { name: "Ada", address: ADDRESS },
    preferred_locales: ["en"],
    tax_exempt: "reverse",
    metadata: { keep: "1", change: "1", remove: "1" },
  });
  const updated = await customers.update(id, {
    name: "",
    address: "",
    shipping: "",
    tax_exempt: "",
    metadata: { change: "2", remove: "", add: "3" },
  });
  expect(updated).toMatchObject({
    email: "a@example.org",
    name: null,
    address: null,
    shipping: null,
    tax_exempt: "none",
    preferred_locales: ["en"],
    metadata: { keep: "1", change: "2", add: "3" },
  });
  await expect(customers.update(id, { metadata: "" })).resolves.toMatchObject({ metadata: {} });
});

test("a deleted customer is not listed, stays as a stub, and cannot be changed or deleted again", async () => {
  const { id } = await customers.create({ email: "a@example.org" });
  const stub = { id, object: "customer", deleted: true };
  await expect(customers.del(id)).resolves.toEqual(stub);
  await expect(customers.retrieve(id)).resolves.toEqual(stub);
  await expect(customers.list({ email: "a@example.org" })).resolves.toMatchObject({ data: [] });
  for (const call of [() => customers.update(id, { name: "x" }), () => customers.del(id)]) {
    await expect(call()).rejects.toMatchObject({ statusCode: 404, code: "resource_missing", param: "id" });
  }
});

describe("a list", () => {
  const fill = async (count: number) => {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      ids.unshift((await customers.create({ email: index % 2 ? "odd@example.org" : "even@example.org" })).id);
      stripe.clock.advance(1000);
    }
    return ids;
  };

  test("is newest first, ten at a time unless told", async () => {
    const ids = await fill(12);
    const page = await customers.list();
    expect(page).toMatchObject({ object: "list", url: "/v1/customers", has_more: true });
    expect(page.data.map(({ id }) => id)).toEqual(ids.slice(0, 10));
  });

  test("goes on after and before an id, and the SDK pages through it", async () => {
    const ids = await fill(7);
    const idsOf = async (parameters: Stripe.CustomerListParams) => {
      const { data, has_more } = await customers.list(parameters);
      return [data.map(({ id }) => id), has_more];
    };
    await expect(idsOf({ limit: 3, starting_after: ids[1]! })).resolves.toEqual([ids.slice(2, 5), true]);
    await expect(idsOf({ limit: 3, starting_after: ids[3]! })).resolves.toEqual([ids.slice(4), false]);
    await expect(idsOf({ limit: 2, ending_before: ids[4]! })).resolves.toEqual([ids.slice(2, 4), true]);
    await expect(idsOf({ limit: 9, ending_before: ids[2]! })).resolves.toEqual([ids.slice(0, 2), false]);
    const all = await customers.list({ limit: 2 }).autoPagingToArray({ limit: 100 });
    expect(all.map(({ id }) => id)).toEqual(ids);
  });

  test.each([
    ["odd@example.org", 3],
    ["Odd@example.org", 0],
    ["odd@example.or", 0],
    ["", 7],
  ])("by email '%s' is exact, case included", async (email, count) => {
    await fill(7);
    const { data } = await customers.list(email === "" ? {} : { email });
    expect(data).toHaveLength(count);
  });

  test.each([
    [{ gt: 2 }, 2],
    [{ gte: 2 }, 3],
    [{ lt: 2 }, 2],
    [{ lte: 2 }, 3],
    [{ gte: 1, lt: 3 }, 2],
    [2, 1],
  ])("by date of creation %j", async (created, count) => {
    await fill(5);
    const start = NOW / 1000;
    const shifted =
      typeof created === "number"
        ? created + start
        : Object.fromEntries(Object.entries(created).map(([key, value]) => [key, value + start]));
    await expect(customers.list({ created: shifted })).resolves.toMatchObject({ data: { length: count } });
  });
});

describe("a search", () => {
  const find = async (query: string) => (await customers.search({ query })).data.map(({ name }) => name);

  test("sees a change a minute later", async () => {
    const { id } = await customers.create({ email: "a@example.org", name: "Ada" });
    await expect(find("email:'a@example.org'")).resolves.toEqual([]);
    stripe.clock.advance(59_999);
    await expect(find("email:'a@example.org'")).resolves.toEqual([]);
    stripe.clock.advance(1);
    await expect(find("email:'a@example.org'")).resolves.toEqual(["Ada"]);
    await customers.del(id);
    await expect(find("email:'a@example.org'")).resolves.toEqual(["Ada"]);
    stripe.clock.advance(60_000);
    await expect(find("email:'a@example.org'")).resolves.toEqual([]);
  });

  test.each([
    ["email:'A@EXAMPLE.ORG'", ["Ada"]],
    ["name~'da'", "at least three characters"],
    ["name~'rac'", ["Grace", "Tracy"]],
    ["metadata['auth0_user_id']:'auth0|2'", ["Grace"]],
    ['metadata["auth0_user_id"]:"auth0|2"', ["Grace"]],
    ["metadata['it\\'s']:'here'", ["Tracy"]],
    ["metadata['auth0_user_id']~'auth0'", "metadata is matched whole"],
    ["name:'Ada' OR name:'Grace'", ["Grace", "Ada"]],
    ["name~'rac' AND -name:'Grace'", ["Tracy"]],
    ["name~'rac' phone:null", ["Grace", "Tracy"]],
    ["name:'Ada' OR name:'Grace' AND email:'x'", "AND and OR together"],
    [`created>${NOW / 1000}`, ["Grace"]],
    [`created<=${NOW / 1000}`, ["Ada", "Tracy"]],
    [`created<${NOW / 1000} OR created>=${NOW / 1000} OR created:1`, ["Grace", "Ada", "Tracy"]],
    ["created~5", "no such comparison"],
    ["created:'soon'", "no date"],
    ["name>'Ada'", "no such comparison"],
    ["name:5", "no text"],
    ["shoe_size:'44'", "no such field"],
    ["name:'Ada", "no end"],
  ])("%s", async (query, expected) => {
    await customers.create({ name: "Tracy", metadata: { "it's": "here" } });
    await customers.create({ email: "a@example.org", name: "Ada", metadata: { auth0_user_id: "auth0|1" } });
    stripe.clock.advance(2000);
    await customers.create({ name: "Grace", metadata: { auth0_user_id: "auth0|2" } });
    stripe.clock.advance(60_000);
    if (Array.isArray(expected)) await expect(find(query)).resolves.toEqual(expected);
    else await expect(find(query)).rejects.toMatchObject({ statusCode: 400, param: "query" });
  });

  test("comes in pages, which the SDK goes through", async () => {
    for (let index = 0; index < 5; index += 1) await customers.create({ name: `Ada ${index}` });
    stripe.clock.advance(60_000);
    const found = await customers.search({ query: "name~'ada'", limit: 2 }).autoPagingToArray({ limit: 100 });
    expect(found.map(({ name }) => name)).toEqual(["Ada 4", "Ada 3", "Ada 2", "Ada 1", "Ada 0"]);
    await expect(customers.search({ query: "name~'ada'", page: "x" })).rejects.toMatchObject({ param: "page" });
  });
});

describe("is refused", () => {
  const refusals: [string, Record<string, unknown>, { code?: string; param: string; message?: RegExp }][] = [
    ["an unknown parameter", { nickname: "x" }, { code: "parameter_unknown", param: "nickname" }],
    ["two of them, both named", { a: "1", b: "2" }, { param: "a", message: /parameters: a, b/ }],
    [
      "an unknown part of a parameter",
      { address: { planet: "x" } },
      { code: "parameter_unknown", param: "address[planet]" },
    ],
    ["a name from the prototype", { constructor: "x" }, { code: "parameter_unknown", param: "constructor" }],
    ["an email without a domain", { email: "ada" }, { code: "email_invalid", param: "email" }],
    ["an email of 513 characters", { email: `${"a".repeat(501)}@example.org` }, { param: "email" }],
    [
      "a metadata key of 41 characters",
      { metadata: { ["k".repeat(41)]: "v" } },
      { param: `metadata[${"k".repeat(41)}]` },
    ],
    ["a metadata value of 501 characters", { metadata: { k: "v".repeat(501) } }, { param: "metadata[k]" }],
    [
      "a 51st metadata key",
      { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, "v"])) },
      { param: "metadata" },
    ],
    ["nested metadata", { metadata: { a: { b: "c" } } }, { param: "metadata[a]" }],
    ["metadata that is text", { metadata: "x" }, { param: "metadata" }],
    ["text where an object belongs", { address: "x" }, { param: "address" }],
    ["text where a list belongs", { preferred_locales: "en" }, { param: "preferred_locales" }],
    ["an object where text belongs", { name: { first: "A" } }, { param: "name" }],
    ["a balance with a fraction", { balance: 1.5 }, { code: "parameter_invalid_integer", param: "balance" }],
    ["a choice that is none", { tax_exempt: "maybe" }, { param: "tax_exempt" }],
    [
      "shipping without a name",
      { shipping: { address: ADDRESS } },
      { code: "parameter_missing", param: "shipping[name]" },
    ],
    [
      "shipping without an address",
      { shipping: { name: "A" } },
      { code: "parameter_missing", param: "shipping[address]" },
    ],
    [
      "shipping with an empty name",
      { shipping: { name: "", address: ADDRESS } },
      { code: "parameter_invalid_empty", param: "shipping[name]" },
    ],
    ["what only Stripe itself can do", { validate: "true" }, { param: "validate", message: /local Stripe/ }],
  ];

  test.each(refusals)("on creation: %s", async (_case, parameters, { message = /./, ...error }) => {
    await expect(customers.create(parameters as Stripe.CustomerCreateParams)).rejects.toMatchObject({
      type: "StripeInvalidRequestError",
      statusCode: 400,
      rawType: "invalid_request_error",
      message: expect.stringMatching(message),
      ...error,
    });
    expect(stripe.local.customers.size).toBe(0);
  });

  test.each([
    [{ limit: 0 }, { param: "limit" }],
    [{ limit: 101 }, { param: "limit" }],
    [{ limit: "x" }, { param: "limit", code: "parameter_invalid_integer" }],
    [{ email: "" }, { param: "email", code: "parameter_invalid_empty" }],
    [{ starting_after: "cus_none" }, { param: "starting_after", code: "resource_missing" }],
    [{ ending_before: "cus_none" }, { param: "ending_before", code: "resource_missing" }],
    [{ created: { after: 1 } }, { param: "created[after]", code: "parameter_unknown" }],
    [{ name: "Ada" }, { param: "name", code: "parameter_unknown" }],
  ])("on a list: %j", async (parameters, error) => {
    await expect(customers.list(parameters as Stripe.CustomerListParams)).rejects.toMatchObject({
      statusCode: 400,
      ...error,
    });
  });

  test("a search without a query", async () => {
    await expect(customers.search({} as Stripe.CustomerSearchParams)).rejects.toMatchObject({
      code: "parameter_missing",
    });
  });

  test("an id that never was", async () => {
    const missing = { statusCode: 404, code: "resource_missing", message: "No such customer: 'cus_none'" };
    await expect(customers.retrieve("cus_none")).rejects.toMatchObject(missing);
    await expect(customers.update("cus_none", {})).rejects.toMatchObject(missing);
    await expect(customers.del("cus_none")).rejects.toMatchObject(missing);
  });
});
