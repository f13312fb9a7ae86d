import type { Paint } from "../terminal/paint.ts";

export interface LocalAccess {
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** PEM file of the certificate authority. */
  readonly caFile: string;
  /** The tenant's own page for require-verified-email. */
  readonly verifyEmailUrl: string;
  /**
   * `url` without a slash at the end; `secretKey` may what the Actions need, `gatewayKey` what gateways do, `portalKey` what the billing
   * portal does, `accountKey` all.
   */
  readonly stripe: {
    readonly url: string;
    readonly secretKey: string;
    readonly gatewayKey?: string | undefined;
    readonly portalKey?: string | undefined;
    readonly accountKey?: string | undefined;
  };
}

/** One line; the names are part of the interface for scripts. */
export function renderAccessJson({
  domain,
  clientId,
  clientSecret,
  caFile,
  verifyEmailUrl,
  stripe,
}: LocalAccess): string {
  return JSON.stringify({ domain, clientId, clientSecret, caFile, verifyEmailUrl, stripe });
}

/** For a person: what to paste into another shell, and what to do there. */
export function renderAccess(access: LocalAccess, paint: Paint): string {
  const { domain, stripe } = access;
  const variables = {
    AUTH0_DOMAIN: domain,
    AUTH0_CLIENT_ID: access.clientId,
    AUTH0_CLIENT_SECRET: access.clientSecret,
    NODE_EXTRA_CA_CERTS: access.caFile,
    STRIPE_SECRET_KEY: stripe.secretKey,
    ...(stripe.gatewayKey !== undefined && { STRIPE_GATEWAY_KEY: stripe.gatewayKey }),
    ...(stripe.portalKey !== undefined && { STRIPE_PORTAL_KEY: stripe.portalKey }),
    ...(stripe.accountKey !== undefined && { STRIPE_CATALOGUE_KEY: stripe.accountKey }),
    STRIPE_API_URL: stripe.url,
    VERIFY_EMAIL_URL: access.verifyEmailUrl,
  };
  return [
    `The local tenant runs at ${paint("bold", `https://${domain}/`)}, the local Stripe at ${paint("bold", stripe.url)}.`,
    "A browser shows the tenant's console at that address. Both stop with Ctrl-C. In another shell:",
    "",
    ...Object.entries(variables).map(([name, value]) => `  export ${name}=${quote(value)}`),
    "",
    `  cp -n .env.example .env       ${paint("dim", "# once: values for the other keywords in tenant.yaml")}`,
    `  npm run deploy                ${paint("dim", "# tenant.yaml and the Actions, to this tenant")}`,
    "",
    "Actions reach that Stripe as api.stripe.com. Code outside the tenant reaches it with",
    `  new Stripe(process.env.STRIPE_SECRET_KEY, { host: "localhost", port: ${new URL(stripe.url).port} })`,
    "",
  ].join("\n");
}

/** For a POSIX shell: what is not plain stands between single quotes. */
function quote(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
