import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { decodeJwt } from "jose";
import type Stripe from "stripe";
import { parse, stringify } from "yaml";
import { sendRaw } from "../gateways/support/raw-request.ts";
import { makeProject, type ProjectCopy } from "../support/project-copy.ts";
import type { Script } from "../support/spawn-script.ts";
import { STORY_AUDIENCE, type Story, startStory } from "../support/story.ts";

/**
 * A machine of an organization meets 402, the organization subscribes at Stripe's Checkout, 200, cancels, 402. The tenant is this
 * project's with the lines that docs/paid-scopes.md says to add.
 */
const root = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const PAYMENT_URL = "https://api.example.com/billing";
const CARD = {
  email: "billing@acme.example",
  name: "Acme",
  card: "4242 4242 4242 4242",
  expiry: "12 / 34",
  cvc: "123",
};

let project: ProjectCopy;
let story: Story;
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

beforeAll(async () => {
  project = makeProject({
    "tenant.yaml": renderTenant(),
    "stripe.json": JSON.stringify({ ...JSON.parse(read("stripe.json")), paymentUrl: PAYMENT_URL }),
    "routes.yaml": read("routes.yaml"),
    ".env.example": read(".env.example"),
  });
  story = await startStory(project.directory);
  issuer = `https://${story.local.domain}/`;

  const { management } = story;
  const clients = (await management.clients.list({ per_page: 50 })).data;
  const worker = clients.find(({ name }) => name === "Example Worker");
  machine = { client_id: worker?.client_id ?? "", client_secret: worker?.client_secret ?? "" };
  organization = (await management.organizations.create({ name: "acme" })).id ?? "";
  const [grant] = (await management.clientGrants.list({ client_id: machine.client_id })).data;
  await management.organizations.clientGrants.create(organization, { grant_id: grant?.id ?? "" });
  authorizer = await story.startAuthorizer({});
});

afterAll(async () => {
  await story?.close();
  project.remove();
});

async function getToken(): Promise<void> {
  const response = await story.http(`${issuer}oauth/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ grant_type: "client_credentials", ...machine, audience: STORY_AUDIENCE, organization }),
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
  const rehearsal = story.start("rehearse", ["--json"], {});
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
});

describe("a machine of an organization", () => {
  let subscription: string;

  test("has the organization's customer on its token, and is told where to pay", async () => {
    await getToken();
    const claims = decodeJwt(token);
    customer = String(claims[`${STORY_AUDIENCE}stripe_customer_id`]);
    expect(claims).toMatchObject({ org_id: organization, scope: "get:users get:orders" });
    expect((await story.stripe.customers.retrieve(customer)) as Stripe.Customer).toMatchObject({
      metadata: { auth0_org_id: organization },
    });
    const { status, body } = await ask();
    expect([status, JSON.parse(body)]).toEqual([
      402,
      expect.objectContaining({
        error: "subscription_required",
        payment_url: `${PAYMENT_URL}?organization=${organization}`,
      }),
    ]);
  });

  test("is let in when the organization has subscribed at Checkout, within a minute", async () => {
    const price = (await story.stripe.prices.list({ active: true })).data[0]?.id ?? "";
    const session = await story.stripe.checkout.sessions.create({
      mode: "subscription",
      customer,
      line_items: [{ price }],
      success_url: PAYMENT_URL,
    });
    const paid = await story.http(session.url ?? "", {
      method: "POST",
      body: new URLSearchParams(CARD),
      redirect: "manual",
    });
    expect([paid.status, paid.headers.get("location")]).toEqual([303, PAYMENT_URL]);
    subscription = (await story.stripe.subscriptions.list({ customer })).data[0]?.id ?? "";
    expect(await askUntil(200, 60, getToken)).toBe(200);
    expect(String(decodeJwt(token).scope).split(" ")).toContain("get:reports");
  });

  test("is told to pay again when the organization has canceled, with the same token", async () => {
    await story.stripe.subscriptions.cancel(subscription);
    expect(await askUntil(402, 10)).toBe(402);
    expect(String(decodeJwt(token).scope).split(" ")).toContain("get:reports");
  });

  test("and what it used is at Stripe once a request, on the organization's customer", async () => {
    authorizer.script.process.kill("SIGTERM");
    await expect(authorizer.script.ended).resolves.toBe(0);
    const [meter] = (await story.stripe.billing.meters.list()).data;
    const minute = Math.floor(Date.now() / 60_000) * 60;
    const { data } = await story.stripe.billing.meters.listEventSummaries(meter?.id ?? "", {
      customer,
      start_time: minute - 3600,
      end_time: minute + 120,
    });
    expect(data.map(({ aggregated_value: value }) => value)).toEqual([answered]);
  });
});
