import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type CountedEvent, eventDeviations, events, LIMIT } from "./events.ts";
import { caddy } from "./gateways/caddy.ts";
import { expressGateway } from "./gateways/express-gateway.ts";
import type { RunningGateway, TestedGateway } from "./gateways/gateway.ts";
import { middleware } from "./gateways/in-process.ts";
import { krakend } from "./gateways/krakend.ts";
import { nginx } from "./gateways/nginx.ts";
import { AUDIENCE } from "./support/tokens.ts";
import { type Cell, readDocumentedTable } from "./table.ts";
import { createWorld, type World } from "./world.ts";

/** Each gateway, each thing that can become of a request, and what stands at Stripe in the end. */
const gateways: readonly TestedGateway[] = [middleware, nginx, caddy, krakend, expressGateway];
const withLimit = [krakend, expressGateway];
/** Says nothing of a backend: there is none behind an API. */
const withBackend = gateways.filter((gateway) => gateway !== middleware);
const TABLE = {
  about: "counted requests",
  asked: "One request",
  heading: "What is in bold, and why:",
};

/** Each has a customer of its own, so that it can be told what was billed for which. */
const customerOf = (gateway: TestedGateway, event: CountedEvent): string =>
  `cus_${gateways.indexOf(gateway)}_${events.indexOf(event)}`;
const skipped = new Map<string, string>();
let world: World;

beforeAll(async () => {
  world = await createWorld({ routesFile: "test/gateways-real/event-routes.yaml" });
  const { "/v1/subscriptions": subscriptions = [] } = world.stripe.lists;
  const [model] = subscriptions;
  const customers = gateways.flatMap((gateway) => events.map((event) => customerOf(gateway, event)));
  world.stripe.lists["/v1/subscriptions"] = customers.map((customer) => ({
    ...model,
    id: `sub_${customer}`,
    customer,
  }));
}, 60_000);
afterAll(() => world?.close());

const appliesTo = (gateway: TestedGateway, event: CountedEvent): boolean =>
  (event.times === undefined || withLimit.includes(gateway)) &&
  (!event.name.startsWith("no backend") || withBackend.includes(gateway));

for (const gateway of gateways) {
  const reason = gateway.missing?.();
  if (reason !== undefined) skipped.set(gateway.name, reason);

  (reason === undefined ? describe : describe.skip)(gateway.name, () => {
    let running: RunningGateway;
    beforeAll(async () => {
      const generate: World["generate"] = (port) => world.generate(port, { GATEWAY_RATE_LIMIT: String(LIMIT) });
      running = await gateway.start({ ...world, generate });
    }, 60_000);
    // What it counts itself is sent at its end.
    afterAll(() => running?.close(), 30_000);

    test.each(events.filter((event) => appliesTo(gateway, event)))("$name", async (event) => {
      const { method = "GET", path = "/reports/1", headers = [], claims = {}, times = 1, hangUp, mayRepeat } = event;
      world.stripe.fault = event.stripe === "down" ? "reset" : "none";
      const customer = customerOf(gateway, event);
      const token = world.tokens.sign({
        sub: `auth0|${customer}`,
        scope: "get:reports",
        [`${AUDIENCE}stripe_customer_id`]: customer,
        ...claims,
      });
      const request = { method, path, headers: [`Authorization: Bearer ${token}`, ...headers], hangUp };
      let status: number | undefined;
      for (let time = 0; time < times; time += 1)
        status = (await running.send({ ...request, mayRepeat: mayRepeat === true }))?.status;
      world.stripe.fault = "none";
      expect(event.status).toContainEqual(status);
    });
  });
}

describe("at Stripe, in the end,", () => {
  const cells = new Map<string, Cell>();
  beforeAll(async () => {
    await world.stopAuthorizer();
    for (const gateway of gateways)
      for (const event of events) {
        const isDeviation = eventDeviations.some(
          (one) => one.gateways.includes(gateway.name) && one.rows.includes(event.name),
        );
        const sum = world.stripe.sums.get(`${customerOf(gateway, event)} get_reports`) ?? 0;
        const text = appliesTo(gateway, event) ? String(sum) : "–";
        cells.set(`${gateway.name}\n${event.name}`, { text, isDeviation });
      }
  }, 30_000);

  const running = gateways.filter(({ name }) => !skipped.has(name));
  test.each(running)("$name has billed what it answered", ({ name }) => {
    const billed = events.map((event) => [event.name, cells.get(`${name}\n${event.name}`)?.text]);
    const expected = events.map((event) => {
      const deviation = eventDeviations.find((one) => one.gateways.includes(name) && one.rows.includes(event.name));
      const isAsked = cells.get(`${name}\n${event.name}`)?.text !== "–";
      return [event.name, isAsked ? (deviation?.cell ?? String(event.counted)) : "–"];
    });
    expect(billed).toEqual(expected);
  });

  test("the table stands in docs/gateways.md as it came out", async () => {
    const rows = events.map(({ name, counted }) => ({ name, status: [counted] }));
    const table = { ...TABLE, rows, gateways, cells, skipped, deviations: eventDeviations };
    const { documented, found } = await readDocumentedTable(table);
    expect(documented).toBe(found);
  });
});
