import { join } from "node:path";
import { Problems } from "../authorizer/problems.ts";
import { findKeyProblem } from "../billing/stripe-client.ts";
import { readRules } from "../read-rules.ts";
import type { WebhookSettings } from "../webhooks/open-receiver.ts";
import { parseSigningSecrets } from "../webhooks/signing-secrets.ts";
import type { ServiceSettings } from "./open-service.ts";
import { readPages } from "./read-pages.ts";
import { readUserEvents } from "./read-user-events.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Without a port: what routes.yaml and the generated configurations take for granted. */
export const DEFAULT_PORT = "4455";

/**
 * What the service is to do, from routes.yaml, stripe.json and the environment.
 *
 * @throws {ConfigurationError} naming all that is missing or wrong
 */
export async function readServiceSettings(directory: string, environment: Environment): Promise<ServiceSettings> {
  const problems = new Problems("The settings of the authorizer");
  const choose = <T extends string>(name: string, fallback: T, ...others: readonly T[]): T => {
    const chosen = [fallback, ...others].find((one) => one === (environment[name] || fallback));
    if (chosen === undefined) problems.add(name, `expected ${[fallback, ...others].join(" or ")}`);
    return chosen ?? fallback;
  };

  const {
    routes: { parsed: routes },
    rules: { parsed: rules },
  } = await readRules(directory, environment, problems);
  const issuer = environment.AUTH0_ISSUER || (environment.AUTH0_DOMAIN && `https://${environment.AUTH0_DOMAIN}/`);
  if (!issuer) problems.add("AUTH0_DOMAIN", "the tenant's domain, or AUTH0_ISSUER where it has a domain of its own");
  if (!environment.API_IDENTIFIER) problems.add("API_IDENTIFIER", "the audience of the API, with its slash at the end");
  const costs = rules !== undefined && rules.paid.size > 0;
  const keyProblem = costs ? findKeyProblem(environment.STRIPE_GATEWAY_KEY) : undefined;
  if (keyProblem !== undefined)
    problems.add(
      "STRIPE_GATEWAY_KEY",
      `${keyProblem} (another one than the Action's): stripe.json lists scopes that cost money`,
    );
  const port = readPort(environment, problems);
  const durability = choose("METERING_DURABILITY", "second", "each", "never");
  const scopeClaim = choose("GATEWAY_SCOPE_CLAIM", "scope", "permissions", "either");
  const boundTokens = choose("GATEWAY_BOUND_TOKENS", "refuse", "accept");
  const webhooks = readWebhooks(environment, problems);
  // Several, where the tenant issues under its own and under a custom domain.
  const issuers = (issuer ?? "").split(",").map((one) => one.trim());
  const pages = readPages(environment, issuers, problems);
  const userEvents = readUserEvents(environment, problems);
  const redisUrl = readRedisUrl(environment, problems);
  problems.throwIfAny();
  if (rules === undefined || routes === undefined || !issuer) throw problems.toError();
  return {
    settings: {
      issuer: issuers,
      audience: environment.API_IDENTIFIER ?? "",
      routes,
      boundTokens,
      scopeClaim,
      jwksUrl: environment.AUTH0_JWKS_URL || undefined,
    },
    // The link of a 402, where the portal is served and stripe.json names no other.
    rules: { ...rules, paymentUrl: rules.paymentUrl ?? (costs ? pages.portal?.url.href : undefined) },
    stripe: costs
      ? { secretKey: environment.STRIPE_GATEWAY_KEY ?? "", url: environment.STRIPE_API_URL || undefined }
      : undefined,
    webhooks: costs ? webhooks : undefined,
    pages: costs ? pages : { ...pages, portal: undefined },
    userEvents,
    redisUrl,
    meteringDirectory: environment.METERING_DIRECTORY || join(directory, ".local/metering"),
    durability,
    port,
    host: environment.AUTHORIZER_HOST || "127.0.0.1",
  };
}

function readPort({ AUTHORIZER_PORT }: Environment, problems: Problems): number {
  const port = AUTHORIZER_PORT || DEFAULT_PORT;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    problems.add("AUTHORIZER_PORT", `expected a port, for instance ${DEFAULT_PORT}`);
  return Number(port);
}

function readRedisUrl({ GATEWAY_REDIS_URL: url }: Environment, problems: Problems): string | undefined {
  if (!url) return undefined;
  if (!/^rediss?:\/\//.test(url) || !URL.canParse(url))
    problems.add("GATEWAY_REDIS_URL", "expected redis://host:6379, or rediss:// for TLS");
  return url;
}

function readWebhooks(environment: Environment, problems: Problems): WebhookSettings | undefined {
  const {
    STRIPE_WEBHOOK_SECRET: secret,
    WEBHOOK_CLIENT_ID: clientId,
    WEBHOOK_CLIENT_SECRET: clientSecret,
    AUTH0_DOMAIN: domain,
  } = environment;
  if (!secret) {
    if (clientId || clientSecret) problems.add("STRIPE_WEBHOOK_SECRET", "without it no webhook is received");
    return undefined;
  }
  const secrets = parseSigningSecrets(secret);
  if (secrets === undefined)
    problems.add("STRIPE_WEBHOOK_SECRET", "expected whsec_…, or several with commas between, or one a line");
  if (!clientId && !clientSecret) return secrets && { secrets, management: undefined };
  if (!clientId || !clientSecret || !domain)
    return problems.add(
      "WEBHOOK_CLIENT_ID, WEBHOOK_CLIENT_SECRET and AUTH0_DOMAIN",
      "they belong together: set all three",
    );
  return secrets && { secrets, management: { domain, clientId, clientSecret } };
}
