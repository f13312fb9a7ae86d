import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { caddy } from "./gateways/caddy.ts";
import { expressGateway } from "./gateways/express-gateway.ts";
import type { RunningGateway, TestedGateway } from "./gateways/gateway.ts";
import { krakend } from "./gateways/krakend.ts";
import { nginx } from "./gateways/nginx.ts";
import { AUDIENCE } from "./support/tokens.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
}, 60_000);
afterAll(() => world?.close());

/** What each answers for what it would have asked the authorizer about, while there is none. */
const unasked: readonly { readonly gateway: TestedGateway; readonly status: number }[] = [
  { gateway: nginx, status: 503 },
  { gateway: caddy, status: 502 },
  { gateway: krakend, status: 500 },
];

describe("while the authorizer is down", () => {
  const running = new Map<string, RunningGateway>();
  beforeAll(async () => {
    for (const { gateway } of unasked)
      if (gateway.missing?.() === undefined) running.set(gateway.name, await gateway.start(world));
    await world.stopAuthorizer();
  }, 60_000);
  afterAll(async () => {
    for (const gateway of running.values()) await gateway.close();
  });

  for (const { gateway, status } of unasked) {
    (gateway.missing?.() === undefined ? test : test.skip)(`${gateway.name} lets nothing through`, async () => {
      const token = world.tokens.sign({ scope: "post:orders", [`${AUDIENCE}stripe_customer_id`]: "cus_active" });
      const outcome = await running
        .get(gateway.name)
        ?.send({ method: "POST", path: "/orders", headers: [`Authorization: Bearer ${token}`] });
      expect(outcome).toMatchObject({ status, identity: undefined });
    });
  }
});

test("an authorizer that hangs holds up no client for longer than ten seconds, and lets nothing through", async () => {
  // Takes every connection, and answers nothing.
  const hanging = createServer(() => {});
  await new Promise<void>((resolve) => hanging.listen(0, "127.0.0.1", resolve));
  const environment = { AUTHORIZER_URL: `http://127.0.0.1:${(hanging.address() as AddressInfo).port}` };
  const asked = unasked.filter(({ gateway }) => gateway.missing?.() === undefined);
  const started: RunningGateway[] = [];
  try {
    for (const { gateway } of asked)
      started.push(await gateway.start({ ...world, generate: (port) => world.generate(port, environment) }));
    const token = world.tokens.sign({ scope: "post:orders", [`${AUDIENCE}stripe_customer_id`]: "cus_active" });
    const request = {
      method: "POST",
      path: "/orders",
      headers: [`Authorization: Bearer ${token}`],
      waitAtMost: 13_000,
    };
    const outcomes = await Promise.all(started.map((running) => running.send(request)));
    for (const outcome of outcomes) {
      expect(outcome?.status).toBeGreaterThanOrEqual(500);
      expect(outcome?.identity).toBeUndefined();
    }
  } finally {
    for (const running of started) await running.close();
    hanging.close();
  }
}, 90_000);

(expressGateway.missing?.() === undefined ? test : test.skip)(
  "Express Gateway does not start when its plugin cannot, instead of starting without it",
  async () => {
    const withoutKey = { ...world, stripeEnvironment: {} };
    const started = expressGateway.start(withoutKey);
    await expect(started).rejects.toThrow(/there is no key to ask Stripe with/);
  },
  60_000,
);
