import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { decodeJwt } from "jose";
import Stripe from "stripe";
import { parse, stringify } from "yaml";
import { EVENT_TYPES } from "../../gateways/webhooks/webhook-event.ts";
import { createFetch } from "../../scripts/http/trusting-fetch.ts";
import { sendRaw } from "../gateways/support/raw-request.ts";
import { localDirectory } from "../support/local-tenant.ts";
import { createManagementClient } from "../support/management-client.ts";
import { makeProject, type ProjectCopy } from "../support/project-copy.ts";
import { type Script, spawnScript } from "../support/spawn-script.ts";

/**
 * A machine of an organization meets 402, the organization subscribes at Stripe's Checkout, 200, cancels, 402. The tenant is this
 * project's with the lines that docs/paid-scopes.md says to add.
 */
const root = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const AUDIENCE = "https://api.example.com/";
const PAYMENT_URL = "https://api.example.com/billing";
const CARD = {
  email: "billing@acme.example",
  name: "Acme",
  card: "4242 4242 4242 4242",
  expiry: "12 / 34",
  cvc: "123",
};

const directory = mkdtempSync(join(tmpdir(), "organization-"));
const running: Script[] = [];
let project: ProjectCopy;
let http: typeof fetch;
let stripe: Stripe;
let authorizer: { readonly url: string; readonly script: Script };
let issuer: string;
let machine: { readonly client_id: string; readonly client_secret: string };
let organization: string;
let token: string;
let customer: string;

function renderTenant(): string {
  const tenant = parse(read("tenant.yaml"));
  const [, lines = ""] =
    /## Machines and their organizations[\s\S]*?```yaml\n([\s\S]*?)```/.exec(read("docs/paid-scopes.md")) ?? [];
  const added = parse(lines);
  const grants = tenant.clientGrants.map((grant: { client_id: string; scope: string[] }) =>
    grant.client_id === "Example Worker"
      ? { ...grant, scope: [...grant.scope, "get:reports"], organization_usage: "require" }
      : grant,
  );
  return stringify({
    ...tenant,
    clientGrants: grants,
    actions: [...tenant.actions, ...added.actions],
    triggers: { ...tenant.triggers, ...added.triggers },
  });
}

const start = (name: string, args: readonly string[], environment: Record<string, string>): Script => {
  const script = spawnScript(name, args, { HOME: directory, ...environment }, project.directory);
  running.push(script);
  return script;
};
const run = async (name: string, args: readonly string[], environment: Record<string, string>): Promise<void> => {
  const script = start(name, args, environment);
  const end = await script.ended;
  if (end !== 0) throw new Error(`${name} ended with ${end}:\n${script.stdout()}${script.stderr()}`);
};
const readLine = async (script: Script) => JSON.parse((await script.said(/^\{.*\}$/m)).match(/^\{.*\}$/m)?.[0] ?? "");

beforeAll(async () => {
  for (const part of ["keys", "tls"]) cpSync(join(localDirectory, part), join(directory, part), { recursive: true });
  project = makeProject({
    "tenant.yaml": renderTenant(),
    "stripe.json": JSON.stringify({ ...JSON.parse(read("stripe.json")), paymentUrl: PAYMENT_URL }),
    "routes.yaml": read("routes.yaml"),
    ".env.example": read(".env.example"),
  });
  const local = await readLine(start("local", ["--port", "0", "--directory", directory, "--json"], {}));
  const environment = {
    ...(parseEnv(read(".env.example")) as Record<string, string>),
    API_IDENTIFIER: AUDIENCE,
    AUTH0_DOMAIN: local.domain,
    AUTH0_CLIENT_ID: local.clientId,
    AUTH0_CLIENT_SECRET: local.clientSecret,
    AUTH0_CA_FILE: local.caFile,
    VERIFY_EMAIL_URL: local.verifyEmailUrl,
    STRIPE_API_URL: local.stripe.url,
    STRIPE_SECRET_KEY: local.stripe.secretKey,
    STRIPE_GATEWAY_KEY: local.stripe.gatewayKey,
    STRIPE_CATALOGUE_KEY: local.stripe.accountKey,
    METERING_DIRECTORY: join(directory, "metering"),
    AUTHORIZER_PORT: "0",
  };
  await Promise.all([
    run("deploy", ["--yes", "--skip-stripe-check"], environment),
    run("stripe:catalogue", ["--apply"], environment),
  ]);
  issuer = `https://${local.domain}/`;
  http = createFetch(readFileSync(local.caFile, "utf8"));
  const { hostname, port } = new URL(local.stripe.url);
  stripe = new Stripe(local.stripe.accountKey, {
    host: hostname,
    port,
    telemetry: false,
    httpClient: Stripe.createFetchHttpClient(http),
  });

  const management = createManagementClient(local);
  const clients = (await management.clients.list({ per_page: 50 })).data;
  const worker = clients.find(({ name }) => name === "Example Worker");
  machine = { client_id: worker?.client_id ?? "", client_secret: worker?.client_secret ?? "" };
  organization = (await management.organizations.create({ name: "acme" })).id ?? "";
  const [grant] = (await management.clientGrants.list({ client_id: machine.client_id })).data;
  await management.organizations.clientGrants.create(organization, { grant_id: grant?.id ?? "" });

  const endpoint = await stripe.webhookEndpoints.create({
    url: "http://127.0.0.1:9/",
    enabled_events: [...EVENT_TYPES],
  });
  const script = start("authorizer", ["--json"], { ...environment, STRIPE_WEBHOOK_SECRET: endpoint.secret ?? "" });
  authorizer = { url: (await readLine(script)).url, script };
  await stripe.webhookEndpoints.update(endpoint.id, { url: `${authorizer.url}/webhooks/stripe` });
}, 90_000);

afterAll(async () => {
  for (const script of running.reverse()) script.process.kill("SIGTERM");
  await Promise.all(running.map(({ ended }) => ended));
  project.remove();
  rmSync(directory, { recursive: true });
});

async function getToken(): Promise<void> {
  const response = await http(`${issuer}oauth/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ grant_type: "client_credentials", ...machine, audience: AUDIENCE, organization }),
  });
  const body = (await response.json()) as { access_token?: string };
  if (!response.ok) throw new Error(`no token: ${response.status} ${JSON.stringify(body)}`);
  token = body.access_token ?? "";
}
let answered = 0;
async function ask() {
  const answer = await sendRaw(authorizer.url, "GET /authorize", [
    "X-Forwarded-Method: GET",
    "X-Forwarded-Uri: /reports",
    `Authorization: Bearer ${token}`,
  ]);
  if (answer.status === 200) answered += 1;
  return answer;
}
/** Asks until the answer is that, for so many seconds at most. */
async function askUntil(wanted: number, seconds: number, between = async () => {}): Promise<number> {
  const until = Date.now() + seconds * 1000;
  let { status } = await ask();
  while (status !== wanted && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await between();
    ({ status } = await ask());
  }
  return status;
}

test("the rehearsal of that tenant has a machine whose organization pays, and one whose organization does not", async () => {
  const rehearsal = start("rehearse", ["--json"], {});
  await rehearsal.ended;
  const { rows } = JSON.parse(rehearsal.stdout()) as {
    rows: { name: string; ok: boolean; token?: { org_id?: string; scope: string } }[];
  };
  expect(rows.filter(({ ok }) => !ok)).toEqual([]);
  const machines = rows.filter(({ token }) => token?.org_id !== undefined);
  expect(machines.map(({ name, ok, token }) => [name, ok, token?.scope.split(" ").sort()])).toEqual([
    ["organization's machine", true, ["get:orders", "get:users"]],
    ["paying organization", true, ["get:orders", "get:reports", "get:users"]],
  ]);
}, 90_000);

describe("a machine of an organization", () => {
  let subscription: string;

  test("has the organization's customer on its token, and is told where to pay", async () => {
    await getToken();
    const claims = decodeJwt(token);
    customer = String(claims[`${AUDIENCE}stripe_customer_id`]);
    expect(claims).toMatchObject({ org_id: organization, scope: "get:users get:orders" });
    expect((await stripe.customers.retrieve(customer)) as Stripe.Customer).toMatchObject({
      metadata: { auth0_org_id: organization },
    });
    const { status, body } = await ask();
    expect([status, JSON.parse(body)]).toEqual([
      402,
      expect.objectContaining({ error: "subscription_required", payment_url: PAYMENT_URL }),
    ]);
  });

  test("is let in when the organization has subscribed at Checkout, within a minute", async () => {
    const price = (await stripe.prices.list({ active: true })).data[0]?.id ?? "";
    const session = await stripe.checkout.sessions.create({
      mode: "subscription",
      customer,
      line_items: [{ price }],
      success_url: PAYMENT_URL,
    });
    const paid = await http(session.url ?? "", { method: "POST", body: new URLSearchParams(CARD), redirect: "manual" });
    expect([paid.status, paid.headers.get("location")]).toEqual([303, PAYMENT_URL]);
    subscription = (await stripe.subscriptions.list({ customer })).data[0]?.id ?? "";
    expect(await askUntil(200, 60, getToken)).toBe(200);
    expect(String(decodeJwt(token).scope).split(" ")).toContain("get:reports");
  }, 90_000);

  test("is told to pay again when the organization has canceled, with the same token", async () => {
    await stripe.subscriptions.cancel(subscription);
    expect(await askUntil(402, 10)).toBe(402);
    expect(String(decodeJwt(token).scope).split(" ")).toContain("get:reports");
  });

  test("and what it used is at Stripe once a request, on the organization's customer", async () => {
    authorizer.script.process.kill("SIGTERM");
    await expect(authorizer.script.ended).resolves.toBe(0);
    const [meter] = (await stripe.billing.meters.list()).data;
    const minute = Math.floor(Date.now() / 60_000) * 60;
    const { data } = await stripe.billing.meters.listEventSummaries(meter?.id ?? "", {
      customer,
      start_time: minute - 3600,
      end_time: minute + 120,
    });
    expect(data.map(({ aggregated_value: value }) => value)).toEqual([answered]);
  });
});
