import type { CredentialsExchangeAPI, Event } from "@auth0/actions/credentials-exchange/v2";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import {
  type Dependencies,
  requireOrganizationSubscription,
} from "../../../actions/require-organization-subscription/require-organization-subscription.ts";
import { startDeadline } from "../../../actions/shared/stripe/deadline.ts";
import { Unsettled } from "../../../actions/shared/stripe/failure.ts";
import { openOrganizationCustomers } from "../../../actions/shared/stripe/organization-customers.ts";
import { buildClientCredentialsEvent } from "../../support/actions/client-credentials-event.ts";
import { NOW } from "../../support/actions/event.ts";

/** So that a busy machine is not taken for a slow Stripe: what is to run out of time runs out of calls. */
const LIMITS = { total: 60_000, call: 30_000, pause: 0 };

interface Answer {
  readonly status?: number;
  readonly body: unknown;
  readonly isReplayed?: true;
}

const NOBODY: Answer = { body: { object: "search_result", data: [], has_more: false } };
const SERVER_ERROR: Answer = { status: 500, isReplayed: true, body: { error: { type: "api_error", message: "no" } } };
const customer = (fields: object = {}): unknown => ({ id: "cus_1", object: "customer", metadata: {}, ...fields });

let sent: string[];

/** Answers in the place of Stripe, by method and path. */
function answer(answers: Readonly<Record<string, Answer>>): void {
  jest.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const route = `${init?.method} ${new URL(String(input)).pathname}`;
    sent.push(route);
    const { status = 200, body, isReplayed } = answers[route] ?? NOBODY;
    const headers = { "content-type": "application/json", ...(isReplayed && { "idempotent-replayed": "true" }) };
    return new Response(JSON.stringify(body), { status, headers });
  });
}
/** As long as there is time: for all calls, or for as many. */
function settle(calls = Number.POSITIVE_INFINITY) {
  const deadline = startDeadline(LIMITS);
  let begun = 0;
  const startCall = () => {
    begun += 1;
    if (begun > calls) throw new Unsettled("out of time");
    return deadline.startCall();
  };
  return openOrganizationCustomers("rk_test_1", { ...deadline, startCall }).settle("org_1");
}

beforeEach(() => {
  sent = [];
  for (const method of ["log", "error"] as const) jest.spyOn(console, method).mockImplementation(() => {});
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe("the customer of an organization", () => {
  test("of several that name it the oldest is taken, for it has the history", async () => {
    const found = (id: string, created: number) => customer({ id, created, metadata: { auth0_org_id: "org_1" } });
    answer({ "GET /v1/customers/search": { body: { data: [found("cus_new", 2), found("cus_old", 1)] } } });
    await expect(settle()).resolves.toBe("cus_old");
  });

  test("is searched for by its whole id, whatever is in it", async () => {
    const queries: (string | null)[] = [];
    jest.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
      queries.push(new URL(String(input)).searchParams.get("query"));
      const headers = { "content-type": "application/json" };
      return new Response(JSON.stringify(NOBODY.body), { status: 200, headers });
    });
    const customers = openOrganizationCustomers("rk_test_1", startDeadline(LIMITS));
    await expect(customers.find('org"1\\')).resolves.toBeUndefined();
    expect(queries).toEqual(['metadata["auth0_org_id"]:"org\\"1\\\\"']);
  });

  test("is made by the next key where what a key made was deleted, and by no more than five", async () => {
    answer({
      "POST /v1/customers": { body: customer(), isReplayed: true },
      "GET /v1/customers/cus_1": { body: { id: "cus_1", object: "customer", deleted: true } },
    });
    await expect(settle()).rejects.toThrow("5 idempotency keys are spent");
    expect(sent.filter((route) => route === "POST /v1/customers")).toHaveLength(5);
  });

  test("is the one that was made, without a look at whether it is still there", async () => {
    answer({ "POST /v1/customers": { body: customer() } });
    await expect(settle()).resolves.toBe("cus_1");
    expect(sent).toEqual(["GET /v1/customers/search", "POST /v1/customers"]);
  });

  test("is the one of a replayed answer that is still there", async () => {
    answer({
      "POST /v1/customers": { body: customer(), isReplayed: true },
      "GET /v1/customers/cus_1": { body: customer() },
    });
    await expect(settle()).resolves.toBe("cus_1");
  });

  test("is not made a second time where a creation failed and more customers are new than a list shows", async () => {
    answer({
      "POST /v1/customers": SERVER_ERROR,
      "GET /v1/customers": { body: { object: "list", data: [customer()], has_more: true } },
    });
    await expect(settle()).rejects.toThrow("the search cannot know of it yet");
  });

  test("is not known where the time is up between the search and the creation", async () => {
    answer({});
    await expect(settle(1)).rejects.toThrow("out of time");
    expect(sent).toEqual(["GET /v1/customers/search"]);
  });

  test.each<[string, Readonly<Record<string, Answer>>]>([
    ["the search", { "GET /v1/customers/search": { body: { hello: 1 } } }],
    ["the list", { "POST /v1/customers": SERVER_ERROR, "GET /v1/customers": { body: { hello: 1 } } }],
    ["the creation", { "POST /v1/customers": { body: { hello: 1 } } }],
  ])("is not known while %s answers something else than was asked for", async (_what, answers) => {
    answer(answers);
    await expect(settle(4)).rejects.toThrow("out of time");
  });
});

describe("a machine's token", () => {
  const PAID = "get:reports";
  const exchange = async (dependencies: Partial<Dependencies> = {}, changes: Partial<Event> = {}) => {
    const records = new Map<string, { value: string }>();
    const set = jest.fn<CredentialsExchangeAPI["accessToken"]["setCustomClaim"]>();
    const remove = jest.fn<CredentialsExchangeAPI["transaction"]["removeTargetScope"]>(() => {
      throw new Error("this tenant has no target scopes");
    });
    const api = {
      accessToken: { setCustomClaim: set },
      cache: {
        get: (key: string) => records.get(key),
        set: (key: string, value: string) => records.set(key, { value }),
      },
      transaction: { removeTargetScope: remove },
    } as unknown as CredentialsExchangeAPI;
    const event: Event = {
      ...buildClientCredentialsEvent(),
      accessToken: { scope: ["get:users", PAID], customClaims: {} },
      organization: { id: "org_1", name: "acme", display_name: "Acme", metadata: { stripe_customer_id: "cus_1" } },
      secrets: { API_IDENTIFIER: "https://api.example.com/", STRIPE_SECRET_KEY: "rk_test_1" },
      ...changes,
    };
    const run = () =>
      requireOrganizationSubscription(event, api, {
        billing: { paidScopes: [{ scope: PAID, product: { name: PAID } }], pastDue: "refuse" },
        limits: LIMITS,
        openCustomers: openOrganizationCustomers,
        openSubscriptions: () => {
          throw new TypeError("not foreseen");
        },
        clock: () => NOW,
        ...dependencies,
      });
    return { run, set, remove, records };
  };

  test("has the claim in the namespace that CLAIM_NAMESPACE names, and asks nothing where no paid scope is asked for", async () => {
    const { run, set } = await exchange(
      {},
      {
        accessToken: { scope: ["get:users"], customClaims: {} },
        secrets: {
          API_IDENTIFIER: "https://api.example.com/",
          CLAIM_NAMESPACE: "https://claims.example.com/",
          STRIPE_SECRET_KEY: "rk_test_1",
        },
      },
    );
    await run();
    expect(set.mock.calls).toEqual([["https://claims.example.com/stripe_customer_id", "cus_1"]]);
  });

  test("keeps a scope until the period that was paid for ends, without a question", async () => {
    const { run, remove, records } = await exchange();
    const state = { customer: "cus_1", scopes: [PAID], until: NOW / 1000 + 60, checked_at: NOW / 1000 };
    records.set("paid:cus_1", { value: JSON.stringify(state) });
    await run();
    expect(remove).not.toHaveBeenCalled();
  });

  test("asks again in the second in which that period ends", async () => {
    const { run, records } = await exchange();
    const state = { customer: "cus_1", scopes: [PAID], until: NOW / 1000, checked_at: NOW / 1000 };
    records.set("paid:cus_1", { value: JSON.stringify(state) });
    await expect(run()).rejects.toThrow("not foreseen");
  });

  test("keeps an unpaid scope where the tenant cannot remove one: the gateways refuse it", async () => {
    const { run, remove, records } = await exchange();
    const state = { customer: "cus_1", scopes: [], until: null, checked_at: NOW / 1000 };
    records.set("paid:cus_1", { value: JSON.stringify(state) });
    await run();
    expect(remove).toHaveBeenCalledTimes(1);
  });

  test("is not made where something fails that nobody foresaw", async () => {
    const { run } = await exchange();
    await expect(run()).rejects.toThrow("not foreseen");
  });
});
