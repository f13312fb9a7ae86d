import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import {
  type ClientRequest,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import express from "express";
import fastify from "fastify";
import { parseBillingRules } from "../../../gateways/authorizer/billing/rules.ts";
import { parseRoutes } from "../../../gateways/authorizer/routes/route.ts";
import type { CountingOptions } from "../../../gateways/middleware/count-at-end.ts";
import { authorizeExpress, type ExpressRequest } from "../../../gateways/middleware/express.ts";
import { authorizeFastify } from "../../../gateways/middleware/fastify.ts";
import { type Gateway, openGateway } from "../../../gateways/open-gateway.ts";
import { createTestSource, subscribed } from "../support/billing-source.ts";
import { AUDIENCE, createSigningKey, goodClaims, ISSUER, NOW, signToken } from "../support/issuer.ts";

/** What is counted where an API counts by itself: what it has answered, whole, and to somebody who is still there. */
const key = createSigningKey("key-1");
const root = mkdtempSync(join(tmpdir(), "counted-"));
let gateway: Gateway;
let isFull = false;
let opened = 0;
/** What an API waits for that does not answer at once. */
let work: (response: ServerResponse) => Promise<unknown>;

beforeEach(() => {
  isFull = false;
  work = async () => {};
  const source = createTestSource();
  source.subscriptions.set("cus_paying", [subscribed("active", "prod_reports")]);
  opened += 1;
  gateway = openGateway({
    issuer: ISSUER,
    audience: AUDIENCE,
    routes: parseRoutes({
      routes: [
        { method: "GET", path: "/reports/{id}" },
        { method: "GET", path: "/health", public: true },
      ],
    }),
    rules: parseBillingRules({ scopes: [{ method: "get", baseURL: "reports", meter: "get_reports" }] }),
    source,
    clock: () => NOW * 1000,
    fetchKeySet: async () => ({ keys: [key.jwk] }),
    metering: {
      directory: join(root, String(opened)),
      flushEvery: 0,
      send: async () => ({ kind: "accepted" }),
      failpoint: (name) => {
        if (isFull && name === "appended") throw new Error("No room is left on the disk.");
      },
    },
  });
});
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await gateway.close();
});
afterAll(() => rmSync(root, { recursive: true }));

async function listen(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

type Answer = (response: ServerResponse, path: string) => unknown;
/** What the last segment of the path says is what the API does. */
const answers: Readonly<Record<string, Answer>> = {
  whole: (response) => response.end("whole"),
  missing: (response) => response.writeHead(404).end("missing"),
  broken: (response) => response.writeHead(500).end("broken"),
  unavailable: (response) => response.writeHead(503).end(),
  "not-modified": (response) => response.writeHead(304).end(),
  slow: async (response) => {
    await work(response);
    response.end("slow");
  },
  stream: async (response) => {
    response.write("one,");
    await work(response);
    response.write("two,");
    response.end("three");
  },
  health: (response) => response.end("well"),
  "ended-twice": (response) => {
    response.end("once");
    response.end();
  },
};
const answer: Answer = (response, path) => answers[path.split("?")[0]?.split("/").at(-1) ?? ""]?.(response, path);

interface Options extends CountingOptions {
  /** How often the middleware stands in the way. */
  readonly times?: number;
}

const frameworks: Readonly<Record<string, (options?: Options) => Promise<number>>> = {
  Express: ({ times = 1, ...options } = {}) => {
    const app = express();
    for (let count = 0; count < times; count += 1) app.use(authorizeExpress(gateway, options));
    app.use((request, response) => void answer(response, request.url));
    return listen(app);
  },
  Node: (options) => {
    const middleware = authorizeExpress(gateway, options);
    return listen((request: ExpressRequest, response) =>
      middleware(request, response, () => void answer(response, request.url ?? "")),
    );
  },
  Fastify: async ({ times = 1, ...options } = {}) => {
    const app = fastify();
    for (let count = 0; count < times; count += 1) app.addHook("onRequest", authorizeFastify(gateway, options));
    app.all("/*", (request, reply) => {
      reply.hijack();
      void answer(reply.raw, request.url);
    });
    app.get("/reports/sent", async (_request, reply) => reply.code(200).send({ sent: true }));
    app.get("/reports/thrown", async () => {
      throw new Error("broken");
    });
    await app.listen({ port: 0, host: "127.0.0.1" });
    closers.push(() => app.close());
    return (app.server.address() as AddressInfo).port;
  },
};

interface Received {
  readonly status: number | undefined;
  readonly body: string;
  /** What stood in the journal when the answer was there. */
  readonly counted: number | undefined;
}

function ask(
  port: number,
  line: string,
  { started, customer = "cus_paying" }: { started?: (request: ClientRequest) => void; customer?: string } = {},
) {
  const [method = "", path = ""] = line.split(" ");
  const claims = { ...goodClaims, scope: "get:reports", [`${AUDIENCE}stripe_customer_id`]: customer };
  const headers = { authorization: `Bearer ${signToken(key, claims)}` };
  return new Promise<Received>((resolve) => {
    let body = "";
    const settle = (response?: IncomingMessage) =>
      resolve({ status: response?.statusCode, body, counted: gateway.meter?.stats.counted });
    const request = httpRequest({ port, host: "127.0.0.1", method, path, headers, agent: false }, (response) => {
      response.setEncoding("utf8").on("data", (chunk: string) => {
        body += chunk;
      });
      response.once("end", () => settle(response)).once("error", () => settle());
    });
    request.once("error", () => settle());
    request.end();
    started?.(request);
  });
}

describe.each(Object.entries(frameworks))("%s", (name, serve) => {
  test.each([
    ["GET /reports/whole", 200, 1],
    ["HEAD /reports/whole", 200, 1],
    ["GET /reports/slow", 200, 1],
    ["GET /reports/stream", 200, 1],
    ["GET /reports/not-modified", 304, 1],
    ["GET /reports/missing", 404, 1],
    ["GET /reports/broken", 500, 1],
    ["GET /reports/ended-twice", 200, 1],
    ["GET /health/../reports/whole", 403, 0],
    ["DELETE /reports/whole", 403, 0],
    ["GET /invoices/whole", 403, 0],
  ])("%s is answered with %i and counts %i", async (line, status, counted) => {
    expect(await ask(await serve(), line)).toMatchObject({ status, counted });
  });

  test.each([
    ["broken", 500, 0],
    ["unavailable", 503, 0],
    ["missing", 404, 1],
    ["whole", 200, 1],
  ])("where errors of the server are free, %s (%i) counts %i", async (path, status, counted) => {
    const port = await serve({ isFree: (code) => code >= 500 });
    expect(await ask(port, `GET /reports/${path}`)).toMatchObject({ status, counted });
  });

  test("what is not paid for counts nothing", async () => {
    expect(await ask(await serve(), "GET /reports/whole", { customer: "cus_none" })).toMatchObject({
      status: 402,
      counted: 0,
    });
  });

  test("a public route counts nothing", async () => {
    const port = await serve();
    expect(await ask(port, "GET /health")).toMatchObject({ status: 200, counted: 0 });
    expect(await ask(port, "OPTIONS /reports/whole")).toMatchObject({ counted: 0 });
  });

  test.each(["slow", "stream"])("a client that hangs up before its answer is whole pays nothing: %s", async (path) => {
    const port = await serve();
    let hangUp = () => {};
    work = (response) => {
      hangUp();
      return once(response, "close");
    };
    await ask(port, `GET /reports/${path}`, {
      started: (request) => {
        hangUp = () => request.destroy();
      },
    });
    // Counted after whatever the one before it has counted.
    expect(await ask(port, "GET /reports/whole")).toMatchObject({ status: 200, counted: 1 });
  });

  test("what cannot be counted is not answered", async () => {
    const port = await serve();
    isFull = true;
    const { status, body } = await ask(port, "GET /reports/whole");
    expect([status, body]).toEqual([503, expect.stringContaining("temporarily_unavailable")]);
    // Of one that has begun already, the end does not come.
    expect(await ask(port, "GET /reports/stream")).toMatchObject({ status: undefined });
    isFull = false;
    expect(await ask(port, "GET /reports/whole")).toMatchObject({ status: 200, body: "whole" });
  });

  if (name === "Node") return;
  test("however often it asks, a request counts once", async () => {
    expect(await ask(await serve({ times: 2 }), "GET /reports/whole")).toMatchObject({ status: 200, counted: 1 });
  });
});

test.each([
  ["sent", 200],
  ["thrown", 500],
])("what Fastify sends by itself counts once: %s", async (path, status) => {
  const port = await frameworks.Fastify?.();
  expect(await ask(port ?? 0, `GET /reports/${path}`)).toMatchObject({ status, counted: 1 });
});
