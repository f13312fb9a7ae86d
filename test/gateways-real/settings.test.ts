import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { builtInExpressGateway, expressGateway } from "./gateways/express-gateway.ts";
import type { RunningGateway, TestedGateway } from "./gateways/gateway.ts";
import { krakend } from "./gateways/krakend.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
}, 60_000);
afterAll(() => world?.close());

/** A gateway with a setting of its own, for as long as the questions take. */
async function ask<T>(
  gateway: TestedGateway,
  environment: Readonly<Record<string, string>>,
  questions: (running: RunningGateway) => Promise<T>,
): Promise<T> {
  const running = await gateway.start({ ...world, generate: (port) => world.generate(port, environment) });
  try {
    return await questions(running);
  } finally {
    await running.close();
  }
}

const statusOf = async (running: RunningGateway, claims: Record<string, unknown>, path = "/users/12", method = "GET") =>
  (await running.send({ method, path, headers: [`Authorization: Bearer ${world.tokens.sign(claims)}`] }))?.status;

for (const gateway of [krakend, expressGateway, builtInExpressGateway]) {
  (gateway.missing?.() === undefined ? describe : describe.skip)(gateway.name, () => {
    test("limits how often a subject may ask, and nobody else with it", async () => {
      const statuses = await ask(gateway, { GATEWAY_RATE_LIMIT: "2" }, async (running) => [
        await statusOf(running, {}),
        await statusOf(running, {}),
        await statusOf(running, {}),
        await statusOf(running, { sub: "auth0|user-2" }),
      ]);
      expect(statuses).toEqual([200, 200, 429, 200]);
    }, 40_000);

    test("looks for scopes among the permissions when it is told to, and nowhere else", async () => {
      const statuses = await ask(gateway, { GATEWAY_SCOPE_CLAIM: "permissions" }, async (running) => [
        await statusOf(running, { scope: "openid", permissions: ["get:orders", "get:users"] }),
        await statusOf(running, { scope: "get:users", permissions: ["get:usersx"] }),
        await statusOf(running, { scope: "get:users" }),
      ]);
      expect(statuses).toEqual([200, 403, 403]);
    }, 40_000);

    test("leaves it to the token what is paid for when it is told to", async () => {
      const statuses = await ask(gateway, { GATEWAY_PAID_SCOPES: "token" }, async (running) => [
        await statusOf(running, { scope: "post:orders" }, "/orders", "POST"),
        await statusOf(running, { scope: "openid" }, "/orders", "POST"),
      ]);
      expect(statuses).toEqual([200, 403]);
    }, 40_000);
  });
}
