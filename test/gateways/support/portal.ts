import { parseBillingRules } from "../../../gateways/authorizer/billing/rules.ts";
import { createFetchKeySet } from "../../../gateways/authorizer/keys/fetch-key-set.ts";
import { createStripeSource } from "../../../gateways/billing/stripe-source.ts";
import {
  type BillingPortal,
  openBillingPortal,
  type PortalDependencies,
  type PortalSettings,
} from "../../../gateways/billing-portal/open-portal.ts";
import { type Gateway, openGateway } from "../../../gateways/open-gateway.ts";
import type { Client } from "../../../local/auth0/state/resources.ts";
import { systemClock } from "../../../local/clock.ts";
import type { Browser } from "../../../local/http/browser.ts";
import { PORTAL_PERMISSIONS } from "../../../scripts/stripe/restricted-keys.ts";
import { trustingFetch } from "../../support/fetch.ts";
import { logIn } from "../../support/log-in.ts";
import { API, type LoginTenant, PASSWORD, startLoginTenant } from "../../support/login-tenant.ts";
import { createManagementClient } from "../../support/management-client.ts";
import { startTestStripe, type TestStripe } from "../../support/stripe.ts";
import { createMeter, sell } from "../../support/stripe-catalogue.ts";

export const PORTAL = "https://api.example.com/billing";
export const RETURN_URL = "https://app.example.com/account";
export const SCOPE = "get:reports";
export const METER = "get_reports";

/** A tenant, a Stripe account that sells a scope, and the portal between them; a person's browser keeps its cookies. */
export interface PortalWorld {
  readonly tenant: LoginTenant;
  readonly stripe: TestStripe;
  readonly gateway: Gateway;
  readonly client: Client;
  readonly price: string;
  readonly meter: string;
  readonly logs: string[];
  /** What Stripe was asked since the last look. */
  takeRequests(): string[];
  /** A portal with nothing in its caches. */
  open(changes?: Partial<PortalSettings>, dependencies?: Partial<PortalDependencies>): BillingPortal;
  visit(portal: BillingPortal): Visit;
  tokenFor(email: string, organization?: string): Promise<string>;
  close(): Promise<void>;
}

export interface Visit {
  get(path?: string, headers?: Record<string, string>): Promise<Answer>;
  /** As a browser sends the page's form. */
  post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Answer>;
  /** From the portal's first answer through the tenant's login page back to the portal. */
  logIn(email: string, path?: string): Promise<Answer>;
  /** The token of the page's forms. */
  formToken(): Promise<string>;
  subscribe(): Promise<Answer>;
  readonly cookies: Map<string, string>;
  readonly browser: Browser;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly location: string;
}

/** @param stripeClock by which Stripe's search lags behind */
export async function startPortalWorld(stripeClock = systemClock): Promise<PortalWorld> {
  const tenant = await startLoginTenant();
  const stripe = await startTestStripe({ clock: stripeClock });
  const { id: meter } = await createMeter(stripe.client, METER);
  const { price } = await sell(stripe.client, SCOPE, {
    unit_amount: 2,
    recurring: { interval: "month", usage_type: "metered", meter },
  });
  const client = tenant.setClient({
    ...tenant.web,
    client_id: `portal${"0".repeat(26)}`,
    name: "Billing Portal",
    callbacks: [`${PORTAL}/callback`],
    organization_usage: "allow",
  });
  tenant.setConnection({
    ...tenant.database,
    enabled_clients: [...(tenant.database.enabled_clients ?? []), client.client_id],
  });
  await createManagementClient(tenant).clientGrants.create({
    client_id: client.client_id,
    audience: `https://${tenant.domain}/api/v2/`,
    scope: [
      "read:users",
      "update:users",
      "read:organizations",
      "update:organizations",
      "read:organization_member_roles",
    ],
  });
  const issuer = `https://${tenant.domain}/`;
  const http = trustingFetch(tenant);
  const gateway = openGateway({
    issuer,
    audience: API,
    rules: parseBillingRules({ scopes: [{ scope: SCOPE, meter: METER }] }),
    source: createStripeSource(stripe.client),
    metering: "elsewhere",
    fetchKeySet: createFetchKeySet(new URL(`${issuer}.well-known/jwks.json`), { fetch: http }),
  });
  const logs: string[] = [];
  const key = stripe.local.keys.create([...PORTAL_PERMISSIONS]);

  const visit = (portal: BillingPortal): Visit => {
    const cookies = new Map<string, string>();
    const browser = tenant.browser();
    const send = async (path: string, init: RequestInit): Promise<Answer> => {
      const headers = new Headers(init.headers);
      if (cookies.size > 0) headers.set("cookie", [...cookies].map((pair) => pair.join("=")).join("; "));
      const response = await portal.fetch(new Request(`http://127.0.0.1:4455${path}`, { ...init, headers }));
      for (const cookie of response.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        if (/Max-Age=0/.test(cookie)) cookies.delete(name);
        else cookies.set(name, value);
      }
      const { status } = response;
      return {
        status,
        headers: response.headers,
        text: await response.text(),
        location: response.headers.get("location") ?? "",
      };
    };
    const get: Visit["get"] = (path = "/billing", headers = {}) => send(path, { headers });
    const post: Visit["post"] = (path, fields, headers = { origin: new URL(PORTAL).origin }) =>
      send(path, { method: "POST", headers, body: new URLSearchParams(fields) });
    const formToken: Visit["formToken"] = async () =>
      /name="form_token" value="([^"]+)"/.exec((await get()).text)?.[1] ?? "";
    return {
      cookies,
      browser,
      get,
      post,
      async logIn(email, path) {
        const { location } = await get(path);
        const form = await browser.open(location);
        const back = form.url.href.startsWith(PORTAL)
          ? form
          : await browser.submit(form, { username: email, password: PASSWORD }, "password");
        return get(back.url.pathname + back.url.search);
      },
      formToken,
      subscribe: async () => post("/billing/checkout", { form_token: await formToken(), scope: SCOPE }),
    };
  };

  return {
    tenant,
    stripe,
    gateway,
    client,
    price,
    meter,
    logs,
    takeRequests() {
      const seen = stripe.local.log.entries().map(({ method, route }) => `${method} ${route}`);
      stripe.local.log.clear();
      return seen;
    },
    open: (changes = {}, dependencies = {}) =>
      openBillingPortal(
        {
          url: new URL(PORTAL),
          issuer,
          management: { domain: tenant.domain, clientId: client.client_id, clientSecret: client.client_secret ?? "" },
          stripe: { secretKey: key.secret, url: stripe.local.url },
          configuration: undefined,
          returnUrls: [RETURN_URL, "https://other.example.com/"],
          secrets: {},
          ...changes,
        },
        { gateway, fetch: http, log: (line) => logs.push(line), ...dependencies },
      ),
    visit,
    async tokenFor(email, organization) {
      const spa = organization === undefined ? tenant.spa : { ...tenant.spa, organization_usage: "allow" as const };
      if (spa !== tenant.spa) tenant.setClient(spa);
      return (await logIn(tenant, spa, email, { organization })).tokens.access_token;
    },
    async close() {
      await stripe.close();
      await tenant.close();
    },
  };
}
