import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFetchKeySet } from "../../gateways/authorizer/keys/fetch-key-set.ts";
import { openStripe } from "../../gateways/billing/stripe-client.ts";
import { createSendMeterEvent } from "../../gateways/billing/stripe-meter-events.ts";
import { createStripeSource } from "../../gateways/billing/stripe-source.ts";
import type { GatewayFolder } from "../../gateways/model/gateway-model.ts";
import { type Gateway, openGateway } from "../../gateways/open-gateway.ts";
import { generateGateways } from "../../scripts/gateways/generate.ts";
import { type GatewayInputs, readInputs } from "../../scripts/gateways/read-inputs.ts";
import { writeFolders } from "../../scripts/gateways/write-folders.ts";
import { createFetch } from "../../scripts/http/trusting-fetch.ts";
import { createSigningKey } from "../gateways/support/issuer.ts";
import { type StandIn, startStandIn } from "../gateways/support/stripe-stand-in.ts";
import { type Script, spawnScript } from "../support/spawn-script.ts";
import { type Backend, startBackend } from "./support/backend.ts";
import { type Issuer, startIssuer } from "./support/issuer.ts";
import { findFreePort } from "./support/start-process.ts";
import { AUDIENCE, createTokenMaker, type TokenMaker } from "./support/tokens.ts";

/** What all gateways stand in: an issuer, a Stripe, a backend, and the forward-auth service as `npm run authorizer` starts it. */
/** The project's own, and one scope more that costs money without being counted. Relative to the project. */
const RULES_FILE = "test/gateways-real/stripe.json";

export interface World {
  readonly issuer: Issuer;
  readonly tokens: TokenMaker;
  readonly stripe: StandIn;
  readonly backend: Backend;
  readonly directory: string;
  /** What `npm run gateways` writes for a gateway that listens on this port. */
  generate(
    port: number,
    environment?: Readonly<Record<string, string>>,
  ): Promise<{
    readonly out: string;
    readonly folders: readonly GatewayFolder[];
  }>;
  /** The core with its billing, in this process. */
  openGateway(name: string, metering?: "elsewhere"): Promise<Gateway>;
  /** Ends the forward-auth service, which sends what it has counted. */
  stopAuthorizer(): Promise<void>;
  /** For programs that ask Stripe themselves. */
  readonly stripeEnvironment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const root = join(import.meta.dirname, "../..");
const STRIPE_KEY = "rk_test_gateways";

interface WorldOptions {
  /** An issuer that runs already; without one the world has its own, whose keys can sign anything. */
  readonly tenant?: Issuer;
  /** Instead of the project's own. Relative to the project. */
  readonly routesFile?: string;
}

export async function createWorld({ tenant, routesFile = "routes.yaml" }: WorldOptions = {}): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), "gateways-"));
  const [key, nextKey] = [createSigningKey("key-1"), createSigningKey("key-2")];
  const [issuer, stripe, backend] = await Promise.all([tenant ?? startIssuer([key]), startStandIn(), startBackend()]);
  Object.assign(stripe.lists, catalogue);
  const authorizerPort = await findFreePort();
  const gone = `http://127.0.0.1:${await findFreePort()}`;
  const stripeEnvironment = { STRIPE_GATEWAY_KEY: STRIPE_KEY, STRIPE_API_URL: stripe.url };
  const authorizer = await startAuthorizer({
    ...stripeEnvironment,
    AUTH0_ISSUER: issuer.issuer,
    API_IDENTIFIER: AUDIENCE,
    GATEWAY_CA_FILE: issuer.caFile,
    AUTHORIZER_PORT: String(authorizerPort),
    METERING_DIRECTORY: join(directory, "authorizer"),
    STRIPE_RULES_FILE: RULES_FILE,
    ROUTES_FILE: routesFile,
  });

  const readWithBackend = async (environment: Readonly<Record<string, string>>): Promise<GatewayInputs> => {
    const inputs = await readInputs(root, environment);
    return { ...inputs, routesFile: { ...(inputs.routesFile as object), backends: { api: backend.url, gone } } };
  };
  const environmentFor = (port: number) => ({
    AUTH0_ISSUER: issuer.issuer,
    API_IDENTIFIER: AUDIENCE,
    STRIPE_RULES_FILE: RULES_FILE,
    ROUTES_FILE: routesFile,
    SPA_URL: "http://localhost:3000",
    GATEWAY_CA_FILE: issuer.caFile,
    GATEWAY_PORT: String(port),
    AUTHORIZER_URL: `http://127.0.0.1:${authorizerPort}`,
  });
  const stopAuthorizer = async (): Promise<void> => {
    authorizer.process.kill("SIGTERM");
    await authorizer.ended;
  };
  return {
    issuer,
    tokens: createTokenMaker(issuer.issuer, key, nextKey),
    stripe,
    backend,
    directory,
    async generate(port, environment = {}) {
      const folders = await generateGateways(await readWithBackend({ ...environmentFor(port), ...environment }));
      const out = mkdtempSync(join(directory, "out-"));
      await writeFolders(out, folders);
      return { out, folders };
    },
    async openGateway(name, metering) {
      const { routes, billing } = await readWithBackend(environmentFor(1));
      const client = openStripe({ secretKey: STRIPE_KEY, url: stripe.url });
      const jwksUrl = new URL(`${issuer.issuer}.well-known/jwks.json`);
      return openGateway({
        issuer: issuer.issuer,
        audience: AUDIENCE,
        routes,
        rules: billing,
        source: createStripeSource(client),
        metering: metering ?? { directory: join(directory, name), send: createSendMeterEvent(client) },
        fetchKeySet: createFetchKeySet(jwksUrl, { fetch: createFetch(issuer.ca) }),
      });
    },
    stripeEnvironment,
    stopAuthorizer,
    async close() {
      await stopAuthorizer();
      await Promise.all([issuer.close(), stripe.close(), backend.close()]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function startAuthorizer(environment: Readonly<Record<string, string>>): Promise<Script> {
  const script = spawnScript("authorizer", ["--json"], environment);
  await script.said(/"url"/);
  return script;
}

const subscription = (customer: string, status: string) => ({
  id: `sub_${customer}`,
  customer,
  status,
  items: {
    has_more: false,
    data: ["prod_orders", "prod_reports"].map((product) => ({ id: `si_${product}`, price: { product } })),
  },
});

/** Who pays for what at Stripe. */
const catalogue = {
  "/v1/products": [
    { id: "prod_orders", name: "post:orders" },
    { id: "prod_reports", name: "get:reports" },
  ],
  "/v1/customers": [{ id: "cus_active", email: "rich@example.com", created: 1 }],
  "/v1/subscriptions": [
    subscription("cus_active", "active"),
    subscription("cus_trialing", "trialing"),
    subscription("cus_past_due", "past_due"),
  ],
};
