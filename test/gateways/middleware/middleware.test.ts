import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import express from "express";
import fastify from "fastify";
import { createRefuse } from "../../../gateways/authorizer/refuse.ts";
import { parseRoutes } from "../../../gateways/authorizer/routes/route.ts";
import { authorizeExpress, type ExpressRequest } from "../../../gateways/middleware/express.ts";
import { authorizeFastify, type FastifyRequest } from "../../../gateways/middleware/fastify.ts";
import { sendRefusal } from "../../../gateways/middleware/send-refusal.ts";
import { openGateway } from "../../../gateways/open-gateway.ts";
import { listAttacks } from "../support/attacks.ts";
import { AUDIENCE, createSigningKey, ISSUER, NOW, signToken } from "../support/issuer.ts";
import { sendRaw } from "../support/raw-request.ts";

const key = createSigningKey("key-1");
let keys: unknown = { keys: [key.jwk] };
const routes = parseRoutes({
  routes: [
    { method: "GET", path: "/health", public: true },
    { method: "GET", path: "/users/{id}" },
    { method: "GET", path: "/users/{id}/secrets", scope: "read:secrets" },
  ],
});
const open = () =>
  openGateway({
    issuer: ISSUER,
    audience: AUDIENCE,
    routes,
    clock: () => NOW * 1000,
    fetchKeySet: async () => keys,
  });

/** Answers with who asks, and says whether it was reached at all. */
const handle = (request: { authorized?: { subject: string } | undefined }) => ({
  reached: true,
  subject: request.authorized?.subject,
});

async function listen(listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

const frameworks: Record<string, () => Promise<{ server: Server; close(): void | Promise<void> }>> = {
  Express: async () => {
    const app = express();
    app.use(authorizeExpress(open()));
    app.use((request: ExpressRequest, response: express.Response) => {
      response.json(handle(request));
    });
    const server = await listen(app);
    return { server, close: () => void server.close() };
  },
  "Express below a path": async () => {
    const app = express();
    const users = express.Router();
    users.use(authorizeExpress(open()));
    users.use((request: ExpressRequest, response: express.Response) => {
      response.json(handle(request));
    });
    app.use("/users", users);
    app.use("/health", users);
    const server = await listen(app);
    return { server, close: () => void server.close() };
  },
  Node: async () => {
    const middleware = authorizeExpress(open());
    const server = await listen((request: ExpressRequest, response) =>
      middleware(request, response, () => response.end(JSON.stringify(handle(request)))),
    );
    return { server, close: () => void server.close() };
  },
  Fastify: async () => {
    const app = fastify();
    app.addHook("onRequest", authorizeFastify(open()));
    app.all("/*", async (request) => handle(request as FastifyRequest));
    await app.listen({ port: 0, host: "127.0.0.1" });
    return { server: app.server, close: () => app.close() };
  },
};

describe.each(Object.keys(frameworks))("%s", (name) => {
  let running: Awaited<ReturnType<(typeof frameworks)[string]>>;
  let url: string;
  beforeAll(async () => {
    running = await frameworks[name]!();
    url = `http://127.0.0.1:${(running.server.address() as AddressInfo).port}`;
  });
  afterAll(() => running.close());

  const ask = (line: string, authorization?: string, headers: readonly string[] = []) =>
    sendRaw(url, line, [...(authorization === undefined ? [] : [`Authorization: ${authorization}`]), ...headers]);
  const good = `Bearer ${signToken(key)}`;

  test("a good token reaches the handler, which knows who asks", async () => {
    const { status, body } = await ask("GET /users/12?x=1", good);
    expect([status, JSON.parse(body)]).toEqual([200, { reached: true, subject: "auth0|user-1" }]);
  });

  const sendable = listAttacks(key).filter(
    ({ authorization = "" }) => !/[\r\n]/.test(authorization) && authorization.length < 15_000,
  );
  test.each(sendable)("$name is refused with $status", async ({ authorization, status }) => {
    const answer = await ask("GET /users/12", authorization);
    expect(answer.status).toBe(status);
    expect(answer.headers["content-type"]).toMatch(/^application\/json/);
    expect(answer.headers["www-authenticate"]).toMatch(/^Bearer realm="https:\/\/api\.example\.com\/"/);
    expect(JSON.parse(answer.body)).not.toHaveProperty("reached");
  });

  test.each([
    ["GET /users/12/secrets", 403],
    ["GET /users/12/SECRETS/", 403],
    ["GET /users/12/%73ecrets", 403],
    ["GET /users/12//secrets", 403],
    ["GET /users/x/../12/secrets", 403],
    ["GET /users/12%2fsecrets", 403],
    ["GET /users/12;a=b", 403],
    ["DELETE /users/12", 403],
  ])("%s is refused with %i", async (line, status) => {
    expect((await ask(line, good)).status).toBe(status);
  });

  test("two Authorization headers are refused", async () => {
    expect((await ask("GET /users/12", good, ["Authorization: Bearer x"])).status).toBe(401);
    expect((await ask("GET /users/12", "Bearer x", [`Authorization: ${good}`])).status).toBe(401);
  });

  test("a public route has nobody's name, whatever is sent along", async () => {
    const { status, body } = await ask("GET /health", good, ["X-User-Sub: admin"]);
    expect([status, JSON.parse(body)]).toEqual([200, { reached: true }]);
  });
});

test("an issuer that does not answer is 503 with a time to come back", async () => {
  keys = undefined;
  const middleware = authorizeExpress(open());
  const server = await listen((request: ExpressRequest, response) =>
    middleware(request, response, () => response.end("reached")),
  );
  const answer = await sendRaw(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, "GET /users/12", [
    `Authorization: Bearer ${signToken(key)}`,
  ]);
  server.close();
  expect(answer).toMatchObject({ status: 503, headers: { "retry-after": "10" } });
});

test("an answer that was sent meanwhile is left alone", async () => {
  const timedOut = new Promise<ServerResponse>((resolve) => {
    // As a middleware in front that answers when the time is up.
    const listening = listen((_request, response) => {
      response.writeHead(504).end();
      resolve(response);
    });
    void listening.then(async (server) => {
      await sendRaw(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, "GET /users/12", []);
      server.close();
    });
  });
  const response = await timedOut;
  const refusal = createRefuse(AUDIENCE)("billing_unavailable");
  expect(() => sendRefusal(response, refusal)).not.toThrow();
  expect(response.statusCode).toBe(504);
});
