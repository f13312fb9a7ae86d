import { readFileSync } from "node:fs";
import type Stripe from "stripe";
import { openStripe } from "../../gateways/billing/stripe-client.ts";
import type { OpenService } from "../../gateways/forward-auth/open-service.ts";
import { WEBHOOK_PATH } from "../../gateways/webhooks/mount-receiver.ts";
import { EVENT_TYPES } from "../../gateways/webhooks/webhook-event.ts";
import { openAuthorizer } from "../authorizer/run-authorizer.ts";
import { CommandError } from "../command.ts";
import { type ExamplePlan, planExample } from "../example/plan-example.ts";
import { EXAMPLE, type Example, serveExample } from "../example/serve-example.ts";
import { createFetch } from "../http/trusting-fetch.ts";
import type { Environment } from "../tenant/read-environment.ts";
import { isMapping } from "../tenant/shape.ts";
import type { LiveProject } from "./live-project.ts";

export interface EdgeOptions {
  readonly directory: string;
  readonly environment: Environment;
  readonly live: LiveProject;
  readonly log: (line: string) => void;
}

/** What stands in front of an API: who decides and counts, who hears from Stripe, and a page with an API to try it. */
export interface Edge {
  readonly authorizerUrl: string;
  /** Undefined where tenant.yaml has no single-page application, or no API. */
  readonly pageUrl: string | undefined;
  close(): Promise<void>;
}

/** @throws {CommandError} AUTHORIZER_CONFIGURATION, AUTHORIZER_PORT_TAKEN, METERING_LOCKED, EXAMPLE_PORT_TAKEN */
export async function openEdge({ directory, environment, live, log }: EdgeOptions): Promise<Edge> {
  const stripe = openLocalStripe(environment);
  const endpoint = await renewEndpoint(stripe);
  const writer = await readWriter(live);
  const settings = { ...environment, ...writer, STRIPE_WEBHOOK_SECRET: endpoint.secret ?? "" };
  const authorizer = await openAuthorizer(directory, settings, log);
  try {
    await stripe.webhookEndpoints.update(endpoint.id, { url: `${authorizer.url}${WEBHOOK_PATH}` });
    const { desired, connection } = live.prepared;
    const plan = planExample(desired.document, connection.domain, live.live.client);
    const example = plan && (await openExample(plan, authorizer));
    return {
      authorizerUrl: authorizer.url,
      pageUrl: example?.origin,
      async close() {
        await example?.close();
        await authorizer.stop();
      },
    };
  } catch (error) {
    await authorizer.stop();
    throw error;
  }
}

function openLocalStripe({ STRIPE_CATALOGUE_KEY = "", STRIPE_API_URL, AUTH0_CA_FILE = "" }: Environment): Stripe {
  const trusting = createFetch(readFileSync(AUTH0_CA_FILE, "utf8"));
  return openStripe({ secretKey: STRIPE_CATALOGUE_KEY, url: STRIPE_API_URL, fetch: trusting });
}

/** A signing secret is told once, when the endpoint is made: each start makes its own. Its address is known later. */
async function renewEndpoint({ webhookEndpoints }: Stripe): Promise<Stripe.WebhookEndpoint> {
  const { data } = await webhookEndpoints.list({ limit: 100 });
  const former = data.filter(({ url }) => url.endsWith(WEBHOOK_PATH));
  await Promise.all(former.map(({ id }) => webhookEndpoints.del(id)));
  return webhookEndpoints.create({ url: `http://127.0.0.1:9${WEBHOOK_PATH}`, enabled_events: [...EVENT_TYPES] });
}

/** The application that writes to users what is paid for; without it tokens learn of it at the next login. */
async function readWriter({ prepared, live }: LiveProject): Promise<Environment> {
  const id = live.client.find(({ name }) => name === "Billing Webhooks")?.id;
  if (id === undefined) return {};
  const { client_secret: secret = "" } = await prepared.connection.management.clients.get(id);
  return { WEBHOOK_CLIENT_ID: id, WEBHOOK_CLIENT_SECRET: secret };
}

/** Its API asks the authorizer's own gateway, so that what it answers is billed with the rest. */
async function openExample(plan: ExamplePlan, { gateway }: OpenService): Promise<Example> {
  try {
    return await serveExample({ ...plan, directory: EXAMPLE, gateway });
  } catch (error) {
    if (!isMapping(error) || error.code !== "EADDRINUSE") throw error;
    throw new CommandError(
      "EXAMPLE_PORT_TAKEN",
      `Port ${plan.port} is taken, where the page of SPA_URL is to be. Stop what listens there, or choose another: SPA_URL=http://localhost:${plan.port + 1} npm run dev`,
    );
  }
}
