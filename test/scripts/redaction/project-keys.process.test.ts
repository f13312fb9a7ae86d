import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import Stripe from "stripe";
import { spawnScript } from "../../support/spawn-script.ts";

const SECRETS = {
  STRIPE_CATALOGUE_KEY: "rk_test_catalogue0123456789",
  STRIPE_GATEWAY_KEY: "rk_test_gateway0123456789",
  STRIPE_WEBHOOK_SECRET: "whsec_older0123456789,whsec_newer0123456789",
  WEBHOOK_CLIENT_SECRET: "client-secret-0123456789",
  STRIPE_PORTAL_KEY: "rk_test_portal0123456789",
  PORTAL_CLIENT_SECRET: "portal-secret-0123456789",
};
const each = Object.values(SECRETS).flatMap((value) => value.split(","));

/** In Stripe's place: whatever it is asked, it refuses it, and quotes these and what it was sent. */
let server: Server;
let url: string;
const directory = mkdtempSync(join(tmpdir(), "project-keys-"));
beforeAll(async () => {
  server = createServer((request, response) => {
    const quoted = `${request.headers.authorization} ${each.join(" ")}`;
    const error = { type: "invalid_request_error", message: quoted, code: quoted, param: quoted };
    response.writeHead(400, { "content-type": "application/json" }).end(JSON.stringify({ error }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(directory, { recursive: true });
});

const environment = () => ({
  ...SECRETS,
  STRIPE_API_URL: url,
  AUTH0_DOMAIN: "tenant.example.com",
  AUTH0_JWKS_URL: `${url}/keys`,
  API_IDENTIFIER: "https://api.example.com/",
  WEBHOOK_CLIENT_ID: "client",
  PORTAL_CLIENT_ID: "portal",
  PORTAL_URL: "https://api.example.com/billing",
  AUTHORIZER_PORT: "0",
  METERING_DIRECTORY: join(directory, "metering"),
});

test("the catalogue's command shows no key of the project, whatever is quoted to it", async () => {
  const script = spawnScript("stripe:catalogue", [], environment());
  await expect(script.ended).resolves.toBe(1);
  const said = script.stdout() + script.stderr();
  expect(said).toContain("[redacted]");
  for (const secret of each) expect(said).not.toContain(secret);
});

test("nor does the authorizer's log", async () => {
  const script = spawnScript("authorizer", ["--json"], environment());
  const { url: address } = JSON.parse((await script.said(/"url".*\n/)).split("\n").find((line) => /"url"/.test(line))!);
  const payload = JSON.stringify({
    id: "evt_1",
    object: "event",
    type: "customer.subscription.updated",
    data: { object: { object: "subscription", customer: "cus_1" } },
  });
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: each[2]! });
  const headers = { "stripe-signature": signature };
  const answer = await fetch(`${address}/webhooks/stripe`, { method: "POST", headers, body: payload });
  expect(answer.status).toBe(500);
  await script.said(/is not done/);
  script.process.kill("SIGTERM");
  await script.ended;
  const said = script.stdout() + script.stderr();
  // What is quoted as a code is not a word, and left out.
  expect(said).toMatch(/is not done, Stripe sends it again: \w+ 400\n/);
  for (const secret of each) expect(said).not.toContain(secret);
});
