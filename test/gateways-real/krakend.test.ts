import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { sendRaw } from "../gateways/support/raw-request.ts";
import { krakend } from "./gateways/krakend.ts";
import { AUDIENCE } from "./support/tokens.ts";
import { createWorld, type World } from "./world.ts";

/** What docs/gateways.md says of KrakenD besides the table, as the real one does it. */
(krakend.missing?.() === undefined ? describe : describe.skip)("KrakenD", () => {
  let world: World;
  let url: string;
  let close: () => Promise<void>;
  const start = async (environment: Record<string, string> = {}) => {
    let port = 0;
    const running = await krakend.start({
      ...world,
      generate: (taken) => {
        port = taken;
        return world.generate(taken, environment);
      },
    });
    return { url: `http://127.0.0.1:${port}`, close: () => running.close() };
  };
  beforeAll(async () => {
    world = await createWorld();
    ({ url, close } = await start());
  }, 60_000);
  afterAll(async () => {
    await close?.();
    await world?.close();
  });
  const bearer = (claims: Record<string, unknown> = {}) => `Authorization: Bearer ${world.tokens.sign(claims)}`;

  test.each([
    ["a slash at the end is a redirect", "/users/", 301],
    ["another case is not a route", "/USERS", 404],
  ])("%s", async (_what, path, status) => {
    expect((await sendRaw(url, `GET ${path}`, [bearer()])).status).toBe(status);
  });

  test("queries are put in order and encoded anew", async () => {
    await sendRaw(url, "GET /users/12?z=1&a=b+c&mark=query.", [bearer()]);
    expect(world.backend.take("mark=query.").map((seen) => seen.url)).toEqual(["/users/12?a=b+c&mark=query.&z=1"]);
  });

  test("If-None-Match arrives, and a header that is not listed does not", async () => {
    await sendRaw(url, "GET /users/12?mark=etag.", [bearer(), 'If-None-Match: "1"', "X-Other: 1"]);
    const [seen] = world.backend.take("mark=etag.");
    expect(seen?.headers).toMatchObject({ "if-none-match": '"1"' });
    expect(seen?.headers).not.toHaveProperty("x-other");
  });

  test.each([
    ["402", { scope: "get:reports", [`${AUDIENCE}stripe_customer_id`]: "cus_none" }, 402],
    ["403", { scope: "openid", permissions: [] }, 403],
  ])("%s has no body, and says nothing of a type that it would have", async (_name, claims, status) => {
    const answer = await sendRaw(url, "GET /reports/1", [bearer(claims)]);
    expect([answer.status, answer.body, answer.headers["content-type"]]).toEqual([status, "", undefined]);
  });

  test("the limit is per endpoint, and on a public route by an address that the client may say", async () => {
    const limited = await start({ GATEWAY_RATE_LIMIT: "1" });
    try {
      const statuses = [];
      for (const path of ["/users/1", "/users/1", "/users"])
        statuses.push((await sendRaw(limited.url, `GET ${path}`, [bearer()])).status);
      for (const address of ["192.0.2.1", "192.0.2.1", "192.0.2.2"])
        statuses.push((await sendRaw(limited.url, "GET /health", [`X-Forwarded-For: ${address}`])).status);
      expect(statuses).toEqual([200, 429, 200, 200, 429, 200]);
    } finally {
      await limited.close();
    }
  }, 40_000);

  test("X-Scopes has commas between permissions", async () => {
    const other = await start({ GATEWAY_SCOPE_CLAIM: "permissions" });
    try {
      await sendRaw(other.url, "GET /users/12?mark=commas.", [bearer({ permissions: ["get:users", "get:orders"] })]);
      expect(world.backend.take("mark=commas.")[0]?.headers["x-scopes"]).toBe("get:users,get:orders");
    } finally {
      await other.close();
    }
  }, 40_000);
});
