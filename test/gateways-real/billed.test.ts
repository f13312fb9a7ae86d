import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { expressGateway } from "./gateways/express-gateway.ts";
import type { RunningGateway, TestedGateway } from "./gateways/gateway.ts";
import { krakend } from "./gateways/krakend.ts";
import { AUDIENCE } from "./support/tokens.ts";
import { createWorld, type World } from "./world.ts";

/** Gateways that limit how often a subject may ask: what they refuse with 429 must not be billed. */
for (const gateway of [krakend, expressGateway] satisfies TestedGateway[]) {
  (gateway.missing?.() === undefined ? describe : describe.skip)(gateway.name, () => {
    let world: World;
    let running: RunningGateway;
    beforeAll(async () => {
      world = await createWorld();
      const limited = { GATEWAY_RATE_LIMIT: "2" };
      running = await gateway.start({ ...world, generate: (port) => world.generate(port, limited) });
    }, 60_000);
    afterAll(async () => {
      await running?.close();
      await world?.close();
    });

    const ask = (path: string, claims: Record<string, unknown>) => {
      const token = world.tokens.sign({
        scope: "get:reports",
        [`${AUDIENCE}stripe_customer_id`]: "cus_active",
        ...claims,
      });
      return running.send({ method: "GET", path, headers: [`Authorization: Bearer ${token}`] });
    };

    test("bills what is answered, and nothing that it refuses itself", async () => {
      const outcomes = [];
      for (let count = 0; count < 6; count += 1) outcomes.push(await ask("/reports/2026", {}));
      outcomes.push(await ask("/reports/2026", { sub: "auth0|user-2" }));
      outcomes.push(await ask("/reports/caf%C3%A9%20100", { sub: "auth0|user-3" }));
      expect(outcomes.map((outcome) => outcome?.status)).toEqual([200, 200, 429, 429, 429, 429, 200, 200]);
      // The backend learns who pays, and never gets the token where the gateway alone needed it.
      expect(outcomes[0]?.identity).toMatchObject({ "x-stripe-customer": "cus_active" });
      if (gateway === krakend) expect(outcomes[0]?.forwarded).not.toHaveProperty("authorization");
      await running.close();
      await world.stopAuthorizer();
      expect(Object.fromEntries(world.stripe.sums)).toEqual({ "cus_active get_reports": 4 });
    }, 40_000);
  });
}
