import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { sendRaw } from "../gateways/support/raw-request.ts";
import { caddy } from "./gateways/caddy.ts";
import { expressGateway } from "./gateways/express-gateway.ts";
import type { RunningGateway } from "./gateways/gateway.ts";
import { krakend } from "./gateways/krakend.ts";
import { nginx } from "./gateways/nginx.ts";
import { AUDIENCE } from "./support/tokens.ts";
import { createWorld, type World } from "./world.ts";

const SPA = "http://localhost:3000";
let world: World;
beforeAll(async () => {
  world = await createWorld();
}, 60_000);
afterAll(() => world?.close());

for (const gateway of [nginx, caddy, krakend, expressGateway]) {
  (gateway.missing?.() === undefined ? describe : describe.skip)(gateway.name, () => {
    let running: RunningGateway;
    let gatewayPort = 0;
    beforeAll(async () => {
      const generate: World["generate"] = (port, environment) => {
        gatewayPort = port;
        return world.generate(port, environment);
      };
      running = await gateway.start({ ...world, generate });
    }, 60_000);
    afterAll(() => running?.close());

    const ask = (path: string, origin: string) =>
      running.send({
        method: "GET",
        path,
        headers: [`Authorization: Bearer ${world.tokens.sign()}`, `Origin: ${origin}`],
      });

    // Two of them, and a browser shows the page nothing.
    test.each(["/users/12", "/users/12?cors=own"])("%s allows the page's origin once", async (path) => {
      const outcome = await ask(path, SPA);
      expect(outcome?.status).toBe(200);
      expect([[SPA], ["*"]]).toContainEqual(outcome?.allowedOrigins);
    });

    test("a page may ask whether what it has is still good, and learn what to ask with", async () => {
      const url = `http://127.0.0.1:${gatewayPort}`;
      const preflight = await sendRaw(url, "OPTIONS /users/12", [
        `Origin: ${SPA}`,
        "Access-Control-Request-Method: GET",
        "Access-Control-Request-Headers: authorization,if-none-match",
      ]);
      expect(preflight.headers["access-control-allow-origin"]).toBe(SPA);
      expect(preflight.headers["access-control-allow-headers"]?.toLowerCase()).toContain("if-none-match");
      const answer = await sendRaw(url, "GET /users/12", [
        `Authorization: Bearer ${world.tokens.sign()}`,
        `Origin: ${SPA}`,
      ]);
      expect(answer.headers["access-control-expose-headers"]?.toLowerCase()).toContain("etag");
    });

    // KrakenD hands on an answer when it has much of it, which docs/gateways.md says.
    const testPieces = gateway.name === "KrakenD" ? test.skip : test;
    testPieces("what a backend sends piece by piece arrives piece by piece", async () => {
      const piece = await new Promise((resolve, reject) => {
        const headers = { authorization: `Bearer ${world.tokens.sign()}`, accept: "text/event-stream" };
        const path = "/users/12?answer=events";
        const request = httpRequest({ port: gatewayPort, host: "127.0.0.1", path, headers, agent: false });
        request.setTimeout(8_000, () => request.destroy(new Error("The piece is held back.")));
        request.once("response", (response) =>
          response.once("data", (chunk: Buffer) => {
            resolve(chunk.toString());
            request.destroy();
          }),
        );
        request.once("error", reject);
        request.end();
      });
      expect(piece).toBe("data: one\n\n");
    });

    // The others answer as to any request.
    const testUpgrade = gateway === nginx || gateway === caddy ? test : test.skip;
    testUpgrade("a WebSocket passes with a good token, and not without one", async () => {
      const ask = async (mark: string, authorization: Readonly<Record<string, string>> = {}) => {
        const upgrade = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13" };
        const headers = { ...authorization, ...upgrade, "sec-websocket-key": "AAAA" };
        const path = `/users/12?mark=${mark}.`;
        const status = await new Promise((resolve, reject) => {
          const request = httpRequest({ port: gatewayPort, host: "127.0.0.1", path, headers, agent: false });
          request.once("upgrade", ({ statusCode }, socket) => resolve(socket.destroy() && statusCode));
          request.once("response", (response) => resolve(response.resume().statusCode));
          request.once("error", reject);
          request.end();
        });
        return [status, world.backend.take(`mark=${mark}.`).map(({ headers: own }) => own["x-user-sub"])];
      };
      expect(await ask("ws-good", { authorization: `Bearer ${world.tokens.sign()}` })).toEqual([101, ["auth0|user-1"]]);
      expect(await ask("ws-none")).toEqual([401, []]);
    });

    test("a body of 2 MB arrives", async () => {
      const claims = { scope: "post:orders", [`${AUDIENCE}stripe_customer_id`]: "cus_active" };
      const status = await new Promise((resolve, reject) => {
        const request = httpRequest({
          port: gatewayPort,
          host: "127.0.0.1",
          method: "POST",
          path: "/orders?mark=body.",
          headers: { authorization: `Bearer ${world.tokens.sign(claims)}`, "content-type": "application/octet-stream" },
          agent: false,
        });
        request.once("response", (response) => resolve(response.resume().statusCode));
        request.once("error", reject);
        request.end(Buffer.alloc(2_000_000));
      });
      expect([status, world.backend.take("mark=body.").length]).toEqual([200, 1]);
    });
  });
}
