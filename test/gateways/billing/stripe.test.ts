import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { openStripe } from "../../../gateways/billing/stripe-client.ts";
import { createSendMeterEvent } from "../../../gateways/billing/stripe-meter-events.ts";
import { createStripeSource } from "../../../gateways/billing/stripe-source.ts";
import { type StandIn, type StandInFault, startStandIn } from "../support/stripe-stand-in.ts";

let standIn: StandIn;
beforeEach(async () => {
  standIn = await startStandIn();
});
afterEach(() => standIn.close());

/** Where no answer comes it gives up soon; elsewhere a busy machine is not taken for that. */
const open = (url = standIn.url) =>
  openStripe({ secretKey: "rk_test_stand_in", url, timeout: standIn.fault === "hang" ? 300 : 5_000 });
const subscription = (id: string, status: string, products: readonly unknown[], hasMore = false) => ({
  id,
  customer: "cus_1",
  status,
  items: { has_more: hasMore, data: products.map((product, index) => ({ id: `si_${index}`, price: { product } })) },
});

test.each(["", "  ", undefined as unknown as string])(
  "a key that is %j is refused with the name of the setting, and not by the SDK in its own words",
  (secretKey) => {
    expect(() => openStripe({ secretKey })).toThrow(
      expect.objectContaining({
        code: "GATEWAY_CONFIGURATION",
        problems: [expect.stringMatching(/^secretKey: is missing/)],
      }),
    );
  },
);

test.each([
  ["pk_test_0123456789", /publishable key, .*rk_…/],
  ["pk_live_0123456789", /publishable key, .*rk_…/],
  ["whsec_0123456789", /not a key to Stripe's API; .*rk_…/],
  ["cus_0123456789", /not a key to Stripe's API; .*rk_…/],
])(
  "a key that cannot ask Stripe anything, %s, is refused before anything is asked, and is not repeated",
  (secretKey, why) => {
    let problems: readonly string[] = [];
    try {
      openStripe({ secretKey });
    } catch (error) {
      problems = (error as { problems: readonly string[] }).problems;
    }
    expect(problems).toEqual([expect.stringMatching(/^secretKey: /)]);
    expect(problems[0]).toMatch(why);
    expect(problems[0]).not.toContain("0123456789");
  },
);

describe("subscriptions of a customer", () => {
  test("are read with the products of their items", async () => {
    standIn.lists["/v1/subscriptions"] = [
      subscription("sub_1", "active", ["prod_a", { id: "prod_b" }]),
      subscription("sub_2", "past_due", ["prod_c"]),
      { ...subscription("sub_3", "active", ["prod_d"]), customer: "cus_2" },
    ];
    expect(await createStripeSource(open()).readSubscriptions("cus_1")).toEqual({
      value: [
        { status: "active", products: ["prod_a", "prod_b"] },
        { status: "past_due", products: ["prod_c"] },
      ],
      reads: 1,
    });
    expect(standIn.requests).toEqual(["GET /v1/subscriptions?customer=cus_1&limit=100"]);
  });

  test("are read to the last page, items too, and every page is counted", async () => {
    standIn.lists["/v1/subscriptions"] = Array.from({ length: 250 }, (_, index) =>
      subscription(`sub_${index}`, "active", [`prod_${index}`], index === 249),
    );
    standIn.lists["/v1/subscription_items"] = Array.from({ length: 120 }, (_, index) => ({
      id: `si_${index}`,
      subscription: "sub_249",
      price: { product: `prod_item_${index}` },
    }));
    const { value, reads } = await createStripeSource(open()).readSubscriptions("cus_1");
    expect(value).toHaveLength(250);
    expect(value[249]?.products).toHaveLength(120);
    expect(reads).toBe(5);
  });
});

describe("customers with an email", () => {
  test("are those with it as written and in lower case, oldest first", async () => {
    standIn.lists["/v1/customers"] = [
      { id: "cus_new", email: "anna@example.com", created: 30 },
      { id: "cus_old", email: "Anna@example.com", created: 10 },
      { id: "cus_other", email: "b@example.com", created: 1 },
    ];
    expect(await createStripeSource(open()).readCustomers("Anna@example.com")).toEqual({
      value: ["cus_old", "cus_new"],
      reads: 2,
    });
    expect((await createStripeSource(open()).readCustomers("b@example.com")).reads).toBe(1);
  });
});

describe("the catalogue", () => {
  test("has every page of the active products by name, names may repeat", async () => {
    standIn.lists["/v1/products"] = Array.from({ length: 201 }, (_, index) => ({
      id: index === 0 ? "chosen-id" : `prod_${index}`,
      name: index < 2 ? "get:users" : `product ${index}`,
    }));
    const { value, reads } = await createStripeSource(open()).readProducts();
    expect(value.get("get:users")).toEqual(["chosen-id", "prod_1"]);
    expect(value.size).toBe(200);
    expect(reads).toBe(3);
    expect(standIn.requests[0]).toBe("GET /v1/products?active=true&limit=100");
  });
});

describe("an answer that is not certain is none", () => {
  test.each<StandInFault>([500, 429, 401, 403, 404, "html", "reset", "hang", "other json"])("%s", async (fault) => {
    standIn.lists["/v1/subscriptions"] = [];
    standIn.lists["/v1/customers"] = [];
    standIn.lists["/v1/products"] = [];
    standIn.fault = fault;
    const source = createStripeSource(open());
    await expect(source.readSubscriptions("cus_1")).rejects.toThrow();
    await expect(source.readCustomers("a@example.com")).rejects.toThrow();
    await expect(source.readProducts()).rejects.toThrow();
  });

  test("objects of another kind", async () => {
    standIn.lists["/v1/subscriptions"] = [{ id: "cus_1", customer: "cus_1" }];
    await expect(createStripeSource(open()).readSubscriptions("cus_1")).rejects.toThrow(/something else/);
  });
});

describe("a meter event", () => {
  const event = {
    identifier: "gw:1-aa-0:0",
    customer: "cus_1",
    meter: "get_reports",
    value: 7,
    timestamp: Math.floor(Date.now() / 1000),
  };
  const send = (url?: string) => createSendMeterEvent(open(url))(event);

  test("is taken once, however often it is sent", async () => {
    for (let i = 0; i < 4; i++) expect(await send()).toEqual({ kind: "accepted" });
    expect(standIn.sums).toEqual(new Map([["cus_1 get_reports", 7]]));
    expect(standIn.duplicates).toBe(3);
  });

  test.each<[StandInFault, string]>([
    [400, "rejected"],
    [404, "rejected"],
    [401, "deferred"],
    [403, "deferred"],
    [429, "deferred"],
    [500, "unknown"],
    ["html", "unknown"],
    ["reset", "unknown"],
    ["hang", "unknown"],
    ["taken, then reset", "unknown"],
    ["taken, then 500", "unknown"],
    ["other json", "unknown"],
  ])("met with %s is %s", async (fault, kind) => {
    standIn.fault = fault;
    expect((await send()).kind).toBe(kind);
  });

  test("that could not even be delivered was certainly not taken", async () => {
    const gone = await startStandIn();
    await gone.close();
    expect((await send(gone.url)).kind).toBe("deferred");
  });

  test("leaves no key and no customer in the reason of a failure", async () => {
    for (const fault of [401, 400, 500] as const) {
      standIn.fault = fault;
      expect(JSON.stringify(await send())).not.toMatch(/rk_test|cus_1|stand/);
    }
  });
});
