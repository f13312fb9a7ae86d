import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Management, ManagementClient } from "auth0";
import { GATEWAY_PERMISSIONS, USER_EVENT_PERMISSIONS } from "../../scripts/stripe/restricted-keys.ts";
import { type LoginTenant, PASSWORD, startLoginTenant } from "../support/login-tenant.ts";
import { createManagementClient } from "../support/management-client.ts";
import { type Script, spawnScript } from "../support/spawn-script.ts";
import { startTestStripe, type TestStripe } from "../support/stripe.ts";
import { sell } from "../support/stripe-catalogue.ts";

/** A tenant with an event stream, `npm run authorizer` as a process of its own, and Stripe behind it. */
const TOKEN = "a-token-of-at-least-32-characters";
const directory = mkdtempSync(join(tmpdir(), "user-events-"));
let tenant: LoginTenant;
let management: ManagementClient;
let stripe: TestStripe;
let authorizer: Script;
let stream: string;

beforeAll(async () => {
  [tenant, stripe] = await Promise.all([startLoginTenant(), startTestStripe()]);
  management = createManagementClient(tenant);
  const client = await management.clients.create({
    name: "Billing Webhooks",
    app_type: "non_interactive",
    grant_types: ["client_credentials"],
  });
  await management.clientGrants.create({
    client_id: client.client_id ?? "",
    audience: `https://${tenant.domain}/api/v2/`,
    scope: ["read:users", "update:users_app_metadata"],
  });
  authorizer = spawnScript("authorizer", ["--json"], {
    HOME: directory,
    ...parseEnv(readFileSync(join(import.meta.dirname, "../../.env.example"), "utf8")),
    API_IDENTIFIER: "https://api.example.com/",
    SPA_URL: "http://localhost:3000",
    AUTH0_DOMAIN: tenant.domain,
    AUTH0_CA_FILE: tenant.caFile,
    STRIPE_API_URL: `http://127.0.0.1:${stripe.local.port}`,
    STRIPE_GATEWAY_KEY: stripe.local.keys.create(GATEWAY_PERMISSIONS).secret,
    STRIPE_WEBHOOK_SECRET: "whsec_of_no_endpoint",
    METERING_DIRECTORY: join(directory, "metering"),
    AUTHORIZER_PORT: "0",
    WEBHOOK_CLIENT_ID: client.client_id,
    WEBHOOK_CLIENT_SECRET: client.client_secret,
    AUTH0_EVENTS_TOKEN: TOKEN,
    STRIPE_USER_EVENTS_KEY: stripe.local.keys.create(USER_EVENT_PERMISSIONS).secret,
  });
  const { url } = JSON.parse(/^\{.*\}$/m.exec(await authorizer.said(/^\{.*\}$/m))?.[0] ?? "") as { url: string };
  const made = await management.eventStreams.create({
    name: "billing",
    subscriptions: [{ event_type: "user.updated" }, { event_type: "user.deleted" }],
    destination: {
      type: "webhook",
      configuration: {
        webhook_endpoint: `${url}/webhooks/auth0`,
        webhook_authorization: { method: "bearer", token: TOKEN } as Management.EventStreamWebhookAuthorizationResponse,
      },
    },
  });
  stream = made.id ?? "";
});

afterAll(async () => {
  authorizer.process.kill("SIGTERM");
  await authorizer.ended;
  await tenant.close();
  await stripe.close();
  rmSync(directory, { recursive: true });
});

test("who changes the address and goes away arrives at Stripe", async () => {
  const email = "ada@example.com";
  const { user_id: id = "" } = await management.users.create({
    connection: tenant.database.name,
    email,
    password: PASSWORD,
    email_verified: true,
  });
  const customer = await stripe.client.customers.create({ email, metadata: { auth0_user_id: id } });
  const { price } = await sell(stripe.client, "get:reports");
  const { id: subscription } = await stripe.client.subscriptions.create({ customer: customer.id, items: [{ price }] });
  await management.users.update(id, {
    app_metadata: {
      stripe_customer_id: customer.id,
      stripe_customer_linked_to: id,
      stripe_customer_email: email,
    },
  });

  await management.users.update(id, { email: "ada@new.example", email_verified: true });
  await authorizer.said(/user events: cus_\w+ has its user's email again/);
  expect(await stripe.client.customers.retrieve(customer.id)).toMatchObject({ email: "ada@new.example" });

  await management.users.delete(id);
  await authorizer.said(/user events: the user of cus_\w+ was deleted; 1 of its subscriptions canceled/);
  expect(await stripe.client.customers.retrieve(customer.id)).toMatchObject({
    metadata: { auth0_user_deleted: expect.any(String) },
  });
  expect(await stripe.client.subscriptions.retrieve(subscription)).toMatchObject({ status: "canceled" });

  await tenant.tenant.eventStreams.settled();
  expect((await management.eventStreams.deliveries.list(stream)).data).toEqual([]);
});
