import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import express from "express";
import fastify from "fastify";
import { parseRoutes } from "../../../gateways/authorizer/routes/route.ts";
import { serveForwardAuth } from "../../../gateways/forward-auth/serve.ts";
import { authorizeExpress, type ExpressRequest } from "../../../gateways/middleware/express.ts";
import { authorizeFastify } from "../../../gateways/middleware/fastify.ts";
import { type Gateway, type GatewayOptions, openGateway } from "../../../gateways/open-gateway.ts";
import { AUDIENCE, ISSUER } from "../support/issuer.ts";
import { sendRaw } from "../support/raw-request.ts";

/** RFC 9728: where a client that knows the API's address alone learns who issues tokens for it. */
const WELL_KNOWN = "/.well-known/oauth-protected-resource";
const routes = [
  { method: "GET", path: "/health", public: true },
  { method: "GET", path: "/users/{id}" },
  { method: "POST", path: "/orders", scope: ["post:orders", "get:users"] },
];
const open = (more: Partial<GatewayOptions> = {}): Gateway =>
  openGateway({
    issuer: ISSUER,
    audience: AUDIENCE,
    routes: parseRoutes({ routes }),
    fetchKeySet: async () => ({}),
    ...more,
  });

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Its own handler answers with 418 what reaches it. */
const servers: Readonly<Record<string, (gateway: Gateway) => Promise<string>>> = {
  Express: (gateway) => {
    const app = express();
    app.use(authorizeExpress(gateway));
    app.use((_request, response) => void response.status(418).end());
    return listen(app);
  },
  Node: (gateway) => {
    const middleware = authorizeExpress(gateway);
    return listen((request: ExpressRequest, response) =>
      middleware(request, response, () => response.writeHead(418).end()),
    );
  },
  Fastify: async (gateway) => {
    const app = fastify();
    app.addHook("onRequest", authorizeFastify(gateway));
    app.all("/*", (_request, reply) => reply.code(418).send());
    await app.listen({ port: 0, host: "127.0.0.1" });
    closers.push(() => app.close());
    return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  },
};
const everywhere = {
  ...servers,
  "The forward-auth service": async (gateway: Gateway) => {
    const service = await serveForwardAuth({ gateway, port: 0 });
    closers.push(() => service.stop());
    return service.url;
  },
};

describe.each(Object.entries(everywhere))("%s", (_name, serve) => {
  test("says without a token who issues tokens, which scopes there are, and how a token is sent", async () => {
    const { status, headers, body } = await sendRaw(await serve(open()), `GET ${WELL_KNOWN}`);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "content-type": expect.stringMatching(/^application\/json/),
      // Any page may read it, and it holds nothing of anybody.
      "access-control-allow-origin": "*",
      "cache-control": "public, max-age=3600",
    });
    expect(JSON.parse(body)).toEqual({
      resource: AUDIENCE,
      authorization_servers: [ISSUER],
      scopes_supported: ["get:users", "post:orders"],
      bearer_methods_supported: ["header"],
    });
  });

  test("names every issuer, and what the API is called", async () => {
    const gateway = open({ issuer: [ISSUER, "https://login.example.com/"], resourceName: 'The "Example" API' });
    const { body } = await sendRaw(await serve(gateway), `GET ${WELL_KNOWN}`);
    expect(JSON.parse(body)).toMatchObject({
      authorization_servers: [ISSUER, "https://login.example.com/"],
      resource_name: 'The "Example" API',
    });
  });

  test.each(["/mcp", "/mcp/", "/mcp?x=1"])("an API with a path has it behind the well-known part: %s", async (path) => {
    const url = await serve(open({ audience: "https://api.example.com/mcp/" }));
    const { status, body } = await sendRaw(url, `GET ${WELL_KNOWN}${path}`);
    expect([status, JSON.parse(body)]).toEqual([
      200,
      expect.objectContaining({ resource: "https://api.example.com/mcp/" }),
    ]);
    // It speaks for this API alone.
    expect((await sendRaw(url, `GET ${WELL_KNOWN}`)).body).not.toContain("authorization_servers");
  });

  test("answers HEAD, and a page that asks first", async () => {
    const url = await serve(open());
    const head = await sendRaw(url, `HEAD ${WELL_KNOWN}`);
    expect([head.status, head.body, head.headers["content-type"]]).toEqual([
      200,
      "",
      expect.stringMatching(/^application\/json/),
    ]);
    const preflight = await sendRaw(url, `OPTIONS ${WELL_KNOWN}`, [
      "Origin: https://inspector.example",
      "Access-Control-Request-Method: GET",
      "Access-Control-Request-Headers: mcp-protocol-version",
    ]);
    expect(preflight).toMatchObject({
      status: 200,
      headers: { "access-control-allow-origin": "*", "access-control-allow-headers": "*" },
    });
  });

  test.each([
    ["is not an address", "urn:example:api/"],
    ["is not on this machine, and its address is not https", "http://api.example.com/"],
    ["has a query", "https://api.example.com/?tenant=1/"],
    ["is written in another way than clients would", "https://API.example.com/"],
  ])("says nothing for an API whose identifier %s", async (_what, audience) => {
    const { body } = await sendRaw(await serve(open({ audience })), `GET ${WELL_KNOWN}`);
    expect(body).not.toContain("authorization_servers");
  });
});

describe.each(Object.entries(servers))("%s", (_name, serve) => {
  test("points to it where a token is missing", async () => {
    const url = await serve(open({ audience: "https://api.example.com/mcp/" }));
    const { status, headers } = await sendRaw(url, "GET /users/1");
    expect([status, headers["www-authenticate"]]).toEqual([
      401,
      'Bearer realm="https://api.example.com/mcp/", resource_metadata="https://api.example.com/.well-known/oauth-protected-resource/mcp/"',
    ]);
  });

  test("leaves it to the API where that has a route for it", async () => {
    const own = parseRoutes({ routes: [...routes, { method: "GET", path: WELL_KNOWN, public: true }] });
    expect((await sendRaw(await serve(open({ routes: own })), `GET ${WELL_KNOWN}`)).status).toBe(418);
  });

  test("answers nothing but questions for it", async () => {
    const url = await serve(open());
    for (const line of [`POST ${WELL_KNOWN}`, `GET ${WELL_KNOWN}x`, `GET ${WELL_KNOWN}/users/1`, `GET /x${WELL_KNOWN}`])
      expect((await sendRaw(url, line)).status).toBe(401);
  });
});
