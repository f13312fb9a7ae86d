import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { caddy } from "./gateways/caddy.ts";
import { expressGateway } from "./gateways/express-gateway.ts";
import type { RunningGateway } from "./gateways/gateway.ts";
import { krakend } from "./gateways/krakend.ts";
import { nginx } from "./gateways/nginx.ts";
import { AUDIENCE } from "./support/tokens.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
}, 60_000);
afterAll(() => world?.close());

const gateways = [
  { gateway: nginx, hasBodies: true },
  { gateway: caddy, hasBodies: true },
  { gateway: expressGateway, hasBodies: true },
  // Its scripts cannot answer with one.
  { gateway: krakend, hasBodies: false },
];

/** What a refusal says to the client must arrive whole: what is missing, and where to pay. */
for (const { gateway, hasBodies } of gateways) {
  (gateway.missing?.() === undefined ? describe : describe.skip)(gateway.name, () => {
    let running: RunningGateway;
    beforeAll(async () => {
      running = await gateway.start(world);
    }, 60_000);
    afterAll(() => running?.close());

    test.each<[string, string, Record<string, unknown>, number, Record<string, unknown>]>([
      [
        "where to pay",
        "/reports/1",
        { scope: "get:reports", [`${AUDIENCE}stripe_customer_id`]: "cus_none" },
        402,
        { error: "subscription_required", payment_url: 'https://example.com/pricing?for="all"' },
      ],
      [
        "where to pay for what was left out of the token",
        "/reports/1",
        { scope: "openid", permissions: ["get:reports"] },
        402,
        { error: "customer_required", payment_url: 'https://example.com/pricing?for="all"' },
      ],
      ["the scope", "/users/1", { scope: "openid" }, 403, { error: "insufficient_scope", scope: "get:users" }],
      ["that the token is not good", "/users/1", { exp: 1 }, 401, { error: "invalid_token" }],
    ])("says %s", async (_what, path, claims, status, body) => {
      const headers = [`Authorization: Bearer ${world.tokens.sign(claims)}`];
      const outcome = await running.send({ method: "GET", path, headers });
      expect(outcome?.status).toBe(status);
      if (!hasBodies) return expect(outcome?.body).toBe("");
      expect(JSON.parse(outcome?.body ?? "")).toEqual({ error_description: expect.any(String), ...body });
    });
  });
}
