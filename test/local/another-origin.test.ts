import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Hono } from "hono";
import { createMovableClock } from "../../local/clock.ts";
import type { Checkout } from "../../local/console/replays/checkout.ts";
import { createLocalStripe, type LocalStripe } from "../../local/stripe/local-stripe.ts";
import { withConsole } from "../support/console.ts";
import { type Answer, call } from "../support/local-tenant.ts";
import { type LoginTenant, startLoginTenant } from "../support/login-tenant.ts";

/** What a page of another origin, which a developer has open beside the console, can send: it changes nothing. */
const EVIL = "https://evil.example";

let account: LocalStripe;
beforeAll(() => {
  account = createLocalStripe();
});
afterAll(() => account.close());

describe("the console's forms", () => {
  let tenant: LoginTenant;
  let token: string;
  let served: Hono | undefined;

  beforeAll(async () => {
    const clock = createMovableClock();
    const checkout = {
      build: async () => {
        throw new Error("built for another origin");
      },
    } as unknown as Checkout;
    const { createPages, ...more } = withConsole({ checkout, findStripe: () => account, clock });
    tenant = await startLoginTenant({
      ...more,
      clock: clock.now,
      createPages: (local) => {
        served = createPages(local);
        return served;
      },
    });
    const { body } = await call(tenant, "/console/users", { headers: { accept: "application/json" } });
    ({ token } = body as { token: string });
  });
  afterAll(() => tenant.close());

  const listForms = (): readonly string[] =>
    (served?.routes ?? []).filter(({ method }) => method === "POST").map(({ path }) => path);
  const send = (path: string, fields: object, headers: Record<string, string>): Promise<Answer> =>
    call(tenant, path.replaceAll(/:\w+/g, "1"), {
      method: "POST",
      headers: { accept: "application/json", ...headers },
      body: { ...fields, email: "eve@evil.example", connection: tenant.database.name, fault: "down", seconds: "60" },
    });

  test("are all tried", () => {
    expect(listForms()).toEqual(
      expect.arrayContaining(["/console/users", "/console/users/:id/blocked", "/console/tenant/faults"]),
    );
    expect(listForms().length).toBeGreaterThanOrEqual(14);
  });

  test.each<[string, () => object, Record<string, string>]>([
    ["a page of another origin that has found out the token", () => ({ token }), { origin: EVIL }],
    ["a sandboxed page with the token", () => ({ token }), { origin: "null" }],
    ["another site's page with the token", () => ({ token }), { "sec-fetch-site": "cross-site" }],
    ["a page of another port of this machine with the token", () => ({ token }), { "sec-fetch-site": "same-site" }],
    ["whoever has not the token", () => ({}), {}],
    ["whoever has another one", () => ({ token: "x".repeat(43) }), {}],
  ])("refuse %s", async (_who, fields, headers) => {
    const refused = { status: 403, body: { error: { code: "FORM_FROM_ELSEWHERE" } } };
    for (const path of listForms()) {
      expect([path, await send(path, fields(), headers)]).toMatchObject([path, refused]);
    }
    expect([tenant.tenant.state.users.size, account.faults.pending()]).toEqual([0, []]);
  });
});

describe("the local Stripe's own endpoints", () => {
  const send = (path: string, init: RequestInit): Promise<Response> =>
    account.fetch(new Request(`http://localhost/_local/${path}`, init));

  test.each(["faults", "clock", "portal"])(
    "POST /_local/%s is refused to a page, and to its preflight",
    async (path) => {
      for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/json"]) {
        const body = JSON.stringify({ kind: "500", seconds: 60 });
        const sent = await send(path, { method: "POST", headers: { origin: EVIL, "content-type": type }, body });
        expect([type, sent.status, await sent.json()]).toEqual([
          type,
          403,
          { error: { type: "invalid_request_error", message: expect.stringContaining("no web page") } },
        ]);
      }
      const asking = { origin: EVIL, "access-control-request-method": "POST" };
      const preflight = await send(path, { method: "OPTIONS", headers: asking });
      expect(preflight.headers.get("access-control-allow-origin")).toBeNull();
    },
  );

  test("a program's are taken, with a body or without", async () => {
    expect((await send("portal", { method: "POST" })).status).toBe(201);
  });
});
