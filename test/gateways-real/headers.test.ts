import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { caddy } from "./gateways/caddy.ts";
import { builtInExpressGateway, expressGateway } from "./gateways/express-gateway.ts";
import type { RunningGateway } from "./gateways/gateway.ts";
import { krakend } from "./gateways/krakend.ts";
import { nginx } from "./gateways/nginx.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
}, 60_000);
afterAll(() => world?.close());

/**
 * RFC 9110 §7.6.1: a proxy leaves out the headers that Connection names. What a gateway says about who asks must arrive, so a
 * client's word for it is not taken, for any header.
 */
const gateways = [
  { gateway: nginx, passesNotes: true },
  { gateway: caddy, passesNotes: true },
  // It hands on what is listed, and nothing else.
  { gateway: krakend, passesNotes: false },
  { gateway: expressGateway, passesNotes: true },
  { gateway: builtInExpressGateway, passesNotes: true },
];

for (const { gateway, passesNotes } of gateways) {
  (gateway.missing?.() === undefined ? describe : describe.skip)(gateway.name, () => {
    let running: RunningGateway;
    beforeAll(async () => {
      running = await gateway.start(world);
    }, 60_000);
    afterAll(() => running?.close());

    test.each([
      ["in one header", ["Connection: close, X-Note"]],
      ["in two", ["Connection: X-Note", "Connection: close"]],
    ])("a client does not say which headers the backend gets: named %s", async (_name, lines) => {
      const token = world.tokens.sign({ org_id: "org_1" });
      const outcome = await running.send({
        method: "GET",
        path: "/users/12",
        headers: [`Authorization: Bearer ${token}`, "X-Note: harmless", ...lines],
      });
      expect(outcome).toMatchObject({
        status: 200,
        identity: { "x-user-sub": "auth0|user-1", "x-org-id": "org_1", "x-scopes": "openid profile get:users" },
      });
      expect(outcome?.forwarded?.["x-note"]).toBe(passesNotes ? "harmless" : undefined);
      // Nor does a proxy behind it get that word.
      expect(String(outcome?.forwarded?.connection)).not.toMatch(/note/i);
    });

    test("what is for the client's connection alone is not handed on", async () => {
      const headers = [
        `Authorization: Bearer ${world.tokens.sign()}`,
        "Keep-Alive: timeout=5",
        "Proxy-Connection: close",
      ];
      const outcome = await running.send({ method: "GET", path: "/users/12", headers });
      expect(outcome?.status).toBe(200);
      expect(Object.keys(outcome?.forwarded ?? {})).not.toContain("keep-alive");
      expect(Object.keys(outcome?.forwarded ?? {})).not.toContain("proxy-connection");
    });
  });
}
