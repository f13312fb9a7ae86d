import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import * as oauth from "oauth4webapi";
import { caddy } from "./gateways/caddy.ts";
import { builtInExpressGateway, expressGateway } from "./gateways/express-gateway.ts";
import type { RunningGateway, TestedGateway } from "./gateways/gateway.ts";
import { krakend } from "./gateways/krakend.ts";
import { nginx } from "./gateways/nginx.ts";
import { AUDIENCE } from "./support/tokens.ts";
import { createWorld, type World } from "./world.ts";

/**
 * As an MCP client does it: asks the API without a good token, follows what the refusal says, reads who issues tokens, and finds
 * the issuer. oauth4webapi is the client, so that RFC 9728 is read by somebody else.
 */
const gateways: readonly { readonly gateway: TestedGateway; readonly points: boolean }[] = [
  { gateway: nginx, points: true },
  { gateway: caddy, points: true },
  { gateway: expressGateway, points: true },
  { gateway: builtInExpressGateway, points: true },
  // It cannot say anything in a refusal: clients then try the well-known address.
  { gateway: krakend, points: false },
];

type Send = (url: string, init?: object) => Promise<Response>;

let world: World;
beforeAll(async () => {
  world = await createWorld();
}, 60_000);
afterAll(() => world?.close());

for (const { gateway, points } of gateways) {
  (gateway.missing?.() === undefined ? describe : describe.skip)(gateway.name, () => {
    const start = async (audience: string): Promise<{ running: RunningGateway; send: Send }> => {
      let base = "";
      const running = await gateway.start({
        ...world,
        generate: (port) => {
          base = `http://127.0.0.1:${port}/`;
          return world.generate(port, { API_IDENTIFIER: audience });
        },
      });
      // The API's name leads to the gateway.
      return {
        running,
        send: (url, init) => fetch(url.replace("https://api.example.com/", base), init as RequestInit),
      };
    };
    let running: RunningGateway;
    let send: Send;
    beforeAll(async () => {
      ({ running, send } = await start(AUDIENCE));
    }, 60_000);
    afterAll(() => running?.close());

    test("leads a client from a refusal to the issuer", async () => {
      const asking = oauth.protectedResourceRequest("x", "GET", new URL(`${AUDIENCE}users/1`), undefined, null, {
        [oauth.customFetch]: send,
      });
      const challenges = await asking.then(
        () => [],
        (error: unknown) => (error instanceof oauth.WWWAuthenticateChallengeError ? error.cause : []),
      );
      if (points)
        expect(challenges).toEqual([
          {
            scheme: "bearer",
            parameters: expect.objectContaining({
              realm: AUDIENCE,
              resource_metadata: `${AUDIENCE}.well-known/oauth-protected-resource`,
            }),
          },
        ]);
      const answer = await oauth.resourceDiscoveryRequest(new URL(AUDIENCE), { [oauth.customFetch]: send });
      expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
      expect(await oauth.processResourceDiscoveryResponse(new URL(AUDIENCE), answer)).toEqual({
        resource: AUDIENCE,
        authorization_servers: [world.issuer.issuer],
        scopes_supported: ["get:users", "post:users", "delete:users", "get:orders", "post:orders", "get:reports"],
        bearer_methods_supported: ["header"],
        resource_name: "Example API",
      });
    });

    test("says which scope is missing, and where to ask for it", async () => {
      const headers = { authorization: `Bearer ${world.tokens.sign({ scope: "openid" })}` };
      const answer = await send(`${AUDIENCE}users/1`, { headers });
      expect(answer.status).toBe(403);
      const challenge = answer.headers.get("www-authenticate");
      if (!points) return expect(challenge).toBeNull();
      for (const part of ['error="insufficient_scope"', 'scope="get:users"', "resource_metadata="])
        expect(challenge).toContain(part);
    });

    test("challenges nobody whose token is good, nor whoever only has to pay", async () => {
      for (const [path, scope] of [
        ["users/1", "get:users"],
        ["reports/1", "get:reports"],
      ]) {
        const headers = { authorization: `Bearer ${world.tokens.sign({ scope })}` };
        expect((await send(`${AUDIENCE}${path}`, { headers })).headers.get("www-authenticate")).toBeNull();
      }
    });

    test("lets any page read it once, and needs no backend for it", async () => {
      const answer = await send(`${AUDIENCE}.well-known/oauth-protected-resource`, {
        headers: { origin: "https://inspector.example" },
      });
      if (gateway !== krakend) expect(answer.headers.get("access-control-allow-origin")).toBe("*");
      expect(world.backend.take("oauth-protected-resource")).toEqual([]);
    });

    test("has it behind the well-known part where the API has a path", async () => {
      const mcp = "https://api.example.com/mcp/";
      const other = await start(mcp);
      try {
        for (const path of ["mcp", "mcp/"]) {
          const answer = await other.send(`${AUDIENCE}.well-known/oauth-protected-resource/${path}`);
          expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ resource: mcp })]);
        }
        expect((await other.send(`${AUDIENCE}.well-known/oauth-protected-resource`)).status).not.toBe(200);
      } finally {
        await other.running.close();
      }
    }, 40_000);
  });
}
