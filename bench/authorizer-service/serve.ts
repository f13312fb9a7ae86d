import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseBillingRules } from "../../gateways/authorizer/billing/rules.ts";
import { parseRoutes } from "../../gateways/authorizer/routes/route.ts";
import { serveForwardAuth } from "../../gateways/forward-auth/serve.ts";
import { openGateway } from "../../gateways/open-gateway.ts";
import { answerMessages } from "../shared/child.ts";
import type { ContenderOrder } from "./start-contender.ts";

answerMessages(async (order: ContenderOrder) => (order.name === "bare" ? serveBare() : serveService(order)));

/** What the service answers, without a decision. */
async function serveBare(): Promise<number> {
  const server = createServer((_request, response) => {
    response
      .writeHead(200, {
        "x-user-sub": "auth0|12",
        "x-org-id": "",
        "x-scopes": "openid profile email get:users get:reports",
        "x-stripe-customer": "cus_12",
        "cache-control": "no-store",
        "content-length": "0",
      })
      .end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

async function serveService({ issuer, audience, jwk }: ContenderOrder): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), "authorizer-bench-"));
  process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
  const gateway = openGateway({
    issuer,
    audience,
    routes: parseRoutes({ routes: [{ method: "GET", path: "/reports/{id}", scope: "get:users" }] }),
    rules: parseBillingRules({
      scopes: [{ method: "get", baseURL: "users", productId: "prod_1", meter: "get_users" }],
    }),
    source: {
      readSubscriptions: async () => ({ value: [{ status: "active", products: ["prod_1"] }], reads: 1 }),
      readCustomers: async () => ({ value: [], reads: 1 }),
      readProducts: async () => ({ value: new Map(), reads: 1 }),
    },
    metering: { directory, durability: "second", send: async () => ({ kind: "accepted" }) },
    fetchKeySet: async () => ({ keys: [jwk] }),
  });
  const { url } = await serveForwardAuth({ gateway, port: 0 });
  return Number(new URL(url).port);
}
