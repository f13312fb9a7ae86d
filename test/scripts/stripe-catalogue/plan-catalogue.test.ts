import { describe, expect, test } from "@jest/globals";
import type {
  LiveCatalogue,
  LiveMeter,
  LivePrice,
  LiveProduct,
} from "../../../scripts/stripe-catalogue/live-catalogue.ts";
import { planCatalogue } from "../../../scripts/stripe-catalogue/plan-catalogue.ts";
import { parseWanted } from "../../../scripts/stripe-catalogue/wanted.ts";

const PRICE = { amount: 900, currency: "USD", interval: "month" };
const FLAT = { method: "get", baseURL: "users", price: PRICE };
const METERED = { method: "get", baseURL: "reports", meter: "get_reports", price: { ...PRICE, amount: "0.50" } };
const wanted = (...scopes: object[]) => parseWanted({ scopes });

const product = (changes: Partial<LiveProduct> = {}): LiveProduct => ({
  id: "prod_users",
  name: "get:users",
  active: true,
  scope: "get:users",
  created: 1,
  ...changes,
});
const livePrice = (changes: Partial<LivePrice> = {}): LivePrice => ({
  id: "price_1",
  product: "prod_users",
  amount: "900",
  currency: "usd",
  interval: "month",
  meter: undefined,
  ...changes,
});
const meter = (changes: Partial<LiveMeter> = {}): LiveMeter => ({
  id: "mtr_1",
  eventName: "get_reports",
  formula: "sum",
  customerKey: "stripe_customer_id",
  valueKey: "value",
  window: undefined,
  ...changes,
});
const live = (changes: Partial<LiveCatalogue> = {}): LiveCatalogue => ({
  products: [],
  prices: [],
  meters: [],
  ...changes,
});

describe("in an empty account", () => {
  test("a flat scope needs a product and its price", () => {
    expect(planCatalogue(wanted(FLAT), live())).toEqual({
      changes: [
        { kind: "create product", scope: "get:users", name: "get:users", id: undefined },
        {
          kind: "create price",
          scope: "get:users",
          price: { amount: "900", currency: "usd", interval: "month" },
          product: undefined,
          meter: undefined,
        },
      ],
      notes: [],
      conflicts: [],
    });
  });

  test("two scopes of one meter need it once, before their prices", () => {
    const { changes } = planCatalogue(wanted(METERED, { scope: "get:b", meter: "get_reports" }), live());
    expect(changes.map(({ kind }) => kind)).toEqual([
      "create meter",
      "create product",
      "create price",
      "create product",
    ]);
  });

  test("a scope without a price says that nobody can subscribe", () => {
    expect(planCatalogue(wanted({ scope: "get:b" }), live()).notes).toEqual([
      expect.stringContaining("nobody can subscribe"),
    ]);
  });

  test("a product is made with the id, or under the name, that stripe.json has", () => {
    const { changes } = planCatalogue(
      wanted({ scope: "get:a", productId: "prod_a" }, { scope: "get:b", product: "Plan B" }),
      live(),
    );
    expect(changes).toMatchObject([
      { id: "prod_a", name: "get:a" },
      { id: undefined, name: "Plan B" },
    ]);
  });
});

describe("of what is there nothing is made again", () => {
  test("a flat scope", () => {
    expect(planCatalogue(wanted(FLAT), live({ products: [product()], prices: [livePrice()] }))).toEqual({
      changes: [],
      notes: [],
      conflicts: [],
    });
  });

  test("a metered one, however its amount is spelt", () => {
    const products = [product({ id: "prod_r", name: "get:reports", scope: "get:reports" })];
    const prices = [livePrice({ product: "prod_r", amount: "0.5", meter: "mtr_1" })];
    expect(planCatalogue(wanted(METERED), live({ products, prices, meters: [meter()] })).changes).toEqual([]);
  });

  test("of several products of one name the oldest is taken, and the others are named", () => {
    const products = [product({ id: "prod_new", created: 2 }), product()];
    const { changes, notes } = planCatalogue(wanted(FLAT), live({ products, prices: [livePrice()] }));
    expect(changes).toEqual([]);
    expect(notes).toEqual([expect.stringContaining("prod_new")]);
  });
});

describe("another price is made, and the old one stays and is named, when", () => {
  test.each<[string, Partial<LivePrice>]>([
    ["the amount differs", { amount: "901" }],
    ["the currency differs", { currency: "eur" }],
    ["the interval differs", { interval: "year" }],
    ["it is every third month", { interval: "3 months" }],
    ["it is paid once", { interval: "" }],
    ["it is metered", { meter: "mtr_1" }],
    ["it is in tiers", { amount: "" }],
  ])("%s", (_case, changes) => {
    const plan = planCatalogue(
      wanted(FLAT),
      live({ products: [product()], prices: [livePrice(changes)], meters: [meter()] }),
    );
    expect(plan.changes).toMatchObject([{ kind: "create price", product: "prod_users" }]);
    expect(plan.notes).toEqual([expect.stringContaining("price_1")]);
  });

  test("a metered price belongs to a meter that is no longer active", () => {
    const products = [product({ name: "get:reports", scope: "get:reports" })];
    const { changes } = planCatalogue(
      wanted(METERED),
      live({ products, prices: [livePrice({ amount: "0.5", meter: "mtr_old" })] }),
    );
    expect(changes.map(({ kind }) => kind)).toEqual(["create meter", "create price"]);
  });
});

describe("a product is changed when", () => {
  test.each<[string, object, Partial<LiveProduct>, object]>([
    ["it does not say its scope", FLAT, { scope: undefined }, { scope: "get:users" }],
    ["it says another", FLAT, { scope: "get:other" }, { scope: "get:users" }],
    [
      "it is named by its id and archived",
      { scope: "get:users", productId: "prod_users" },
      { active: false, name: "x" },
      { active: true },
    ],
  ])("%s", (_case, entry, changes, fields) => {
    const plan = planCatalogue(wanted(entry), live({ products: [product(changes)], prices: [livePrice()] }));
    expect(plan.changes).toMatchObject([{ kind: "update product", id: "prod_users", fields }]);
  });

  test("an archived one that only has the name is left alone: another is made", () => {
    const { changes } = planCatalogue(wanted(FLAT), live({ products: [product({ active: false })] }));
    expect(changes[0]).toMatchObject({ kind: "create product" });
  });
});

test.each<[string, Partial<LiveMeter>, RegExp]>([
  ["counts", { formula: "count" }, /adds up by "count"/],
  ["reads another customer", { customerKey: "customer" }, /"customer"/],
  ["reads another value", { valueKey: "units" }, /"units"/],
  ["is aggregated before", { window: "day" }, /by the day/],
])("a meter that %s stands in the way, because none can be changed", (_case, changes, text) => {
  const { conflicts } = planCatalogue(wanted(METERED), live({ meters: [meter(changes)] }));
  expect(conflicts).toEqual([expect.stringMatching(text)]);
  expect(conflicts[0]).toContain("mtr_1");
});

describe("a price in stripe.json is refused", () => {
  test.each<[unknown, RegExp]>([
    [9, /scopes\[0\]\.price: expected/],
    [{ ...PRICE, amount: -1 }, /price\.amount/],
    [{ ...PRICE, amount: "1,5" }, /price\.amount/],
    [{ ...PRICE, amount: 1e21 }, /price\.amount/],
    [{ currency: "usd", interval: "month" }, /price\.amount/],
    [{ ...PRICE, currency: "dollars" }, /price\.currency/],
    [{ ...PRICE, interval: "decade" }, /price\.interval/],
    [{ ...PRICE, trial: 3 }, /price\.trial: is not known/],
  ])("%j", (given, text) => {
    expect(() => wanted({ ...FLAT, price: given })).toThrow(text);
  });

  test("with all other problems of the file said as well", () => {
    expect(() => wanted({ method: "get" })).toThrow(/scopes\[0\]/);
  });
});
