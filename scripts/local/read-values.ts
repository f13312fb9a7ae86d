import { readCheckoutValues } from "../tenant/checkout-values.ts";
import type { Environment } from "../tenant/read-environment.ts";
import { environmentOf } from "./environment-of.ts";
import type { LocalAccess } from "./render.ts";

/** Say which tenant and which Stripe account: those on this machine, whatever .env says. */
const describeLocal = ({ stripe, ...tenant }: LocalAccess): Environment => ({
  ...environmentOf(tenant),
  AUTH0_AUDIENCE: "",
  AUTH0_ISSUER: "",
  AUTH0_JWKS_URL: "",
  TENANT_STAGE: "development",
  STRIPE_SECRET_KEY: stripe.secretKey,
  STRIPE_GATEWAY_KEY: stripe.gatewayKey ?? "",
  STRIPE_CATALOGUE_KEY: stripe.accountKey ?? "",
  STRIPE_PORTAL_KEY: stripe.portalKey ?? stripe.accountKey ?? "",
  STRIPE_API_URL: stripe.url,
  STRIPE_WEBHOOK_SECRET: "",
  WEBHOOK_CLIENT_ID: "",
  WEBHOOK_CLIENT_SECRET: "",
  AUTH0_EVENTS_TOKEN: "",
  GATEWAY_REDIS_URL: "",
});

/**
 * Values for the keywords of tenant.yaml and for the authorizer: those of .env.example, then .env's, for a keyword of a team's own;
 * nothing of a real tenant or a real account is used. The authorizer's pages are where it listens.
 */
export async function readValues(directory: string, access: LocalAccess, authorizerPort: number): Promise<Environment> {
  const pages = `http://localhost:${authorizerPort}`;
  return {
    ...(await readCheckoutValues(directory)),
    ...describeLocal(access),
    AUTHORIZER_PORT: String(authorizerPort),
    VERIFY_EMAIL_URL: `${pages}/verify-email`,
    PORTAL_URL: `${pages}/billing`,
  };
}
