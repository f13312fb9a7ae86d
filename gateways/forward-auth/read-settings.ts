import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { type BillingRules, parseBillingRules } from "../../gateways/authorizer/billing/rules.ts";
import { ConfigurationError } from "../../gateways/authorizer/problems.ts";
import { parseRoutes, type Route } from "../../gateways/authorizer/routes/route.ts";
import type { AuthorizerSettings } from "../../gateways/authorizer/settings.ts";
import type { ServiceSettings } from "../../gateways/forward-auth/open-service.ts";
import type { Durability } from "../../gateways/metering/journal.ts";
import type { WebhookSettings } from "../../gateways/webhooks/open-receiver.ts";
import { CommandError, EXIT } from "../command.ts";
import { findCaVariable } from "../http/ca-variable.ts";
import type { Environment } from "../tenant/read-environment.ts";

export interface Configuration extends ServiceSettings {
  /** PEM of an authority to trust besides Node's own. */
  readonly ca: string | undefined;
}

/** Without a port: what routes.yaml and the generated configurations take for granted. */
const DEFAULT_PORT = 4455;

/**
 * What the authorizer is to do, from routes.yaml, stripe.json and the environment.
 *
 * @throws {CommandError} AUTHORIZER_CONFIGURATION naming all that is missing or wrong
 */
export async function readConfiguration(directory: string, environment: Environment): Promise<Configuration> {
  const problems: string[] = [];
  const routes = await readRoutes(join(directory, environment.ROUTES_FILE || "routes.yaml"), problems);
  const rules = await readRules(join(directory, environment.STRIPE_RULES_FILE || "stripe.json"), problems);
  const issuer = environment.AUTH0_ISSUER || (environment.AUTH0_DOMAIN && `https://${environment.AUTH0_DOMAIN}/`);
  if (!issuer) problems.push("AUTH0_DOMAIN: the tenant's domain, or AUTH0_ISSUER where it has a domain of its own");
  if (!environment.API_IDENTIFIER) problems.push("API_IDENTIFIER: the audience of the API, with its slash at the end");
  const costs = rules !== undefined && rules.paid.size > 0;
  if (costs && !environment.STRIPE_GATEWAY_KEY)
    problems.push(
      "STRIPE_GATEWAY_KEY: stripe.json lists scopes that cost money; a restricted key that may read customers, products and " +
        "subscriptions and write meter events (another one than the Action's)",
    );
  const port = readChoice(environment, "AUTHORIZER_PORT", String(DEFAULT_PORT), /^\d{1,5}$/, problems);
  const durability = readChoice(environment, "METERING_DURABILITY", "second", /^(?:each|second|never)$/, problems);
  const scopeClaim = readChoice(
    environment,
    "GATEWAY_SCOPE_CLAIM",
    "scope",
    /^(?:scope|permissions|either)$/,
    problems,
  );
  const boundTokens = readChoice(environment, "GATEWAY_BOUND_TOKENS", "refuse", /^(?:refuse|accept)$/, problems);
  const webhooks = readWebhooks(environment, problems);
  const ca = await readCa(environment, problems);
  if (problems.length > 0 || rules === undefined || routes === undefined || !issuer) throw refuse(problems);
  return {
    settings: {
      // Several, where the tenant issues under its own and under a custom domain.
      issuer: issuer.split(",").map((one) => one.trim()),
      audience: environment.API_IDENTIFIER ?? "",
      routes,
      boundTokens: boundTokens as NonNullable<AuthorizerSettings["boundTokens"]>,
      scopeClaim: scopeClaim as NonNullable<AuthorizerSettings["scopeClaim"]>,
      jwksUrl: environment.AUTH0_JWKS_URL || undefined,
    },
    rules,
    stripe: costs
      ? { secretKey: environment.STRIPE_GATEWAY_KEY ?? "", url: environment.STRIPE_API_URL || undefined }
      : undefined,
    webhooks: costs ? webhooks : undefined,
    meteringDirectory: environment.METERING_DIRECTORY || join(directory, ".local/metering"),
    durability: durability as Durability,
    port: Number(port),
    host: environment.AUTHORIZER_HOST || "127.0.0.1",
    ca,
  };
}

function readWebhooks(environment: Environment, problems: string[]): WebhookSettings | undefined {
  const {
    STRIPE_WEBHOOK_SECRET: secret,
    WEBHOOK_CLIENT_ID: clientId,
    WEBHOOK_CLIENT_SECRET: clientSecret,
  } = environment;
  if (!secret) {
    if (clientId || clientSecret) problems.push("STRIPE_WEBHOOK_SECRET: without it no webhook is received");
    return undefined;
  }
  const secrets = secret.split(",").map((one) => one.trim());
  if (!secrets.every((one) => /^whsec_\S{8,}$/.test(one)))
    problems.push("STRIPE_WEBHOOK_SECRET: expected whsec_…, or two of them with a comma between while one is rolled");
  if (!clientId && !clientSecret) return { secrets, management: undefined };
  const domain = environment.AUTH0_DOMAIN;
  if (!clientId || !clientSecret || !domain) {
    problems.push("WEBHOOK_CLIENT_ID, WEBHOOK_CLIENT_SECRET and AUTH0_DOMAIN belong together: set all three");
    return undefined;
  }
  return { secrets, management: { domain, clientId, clientSecret } };
}

async function readRoutes(file: string, problems: string[]): Promise<readonly Route[] | undefined> {
  return readParsed(file, problems, (text) => parseRoutes(parse(text)));
}

async function readRules(file: string, problems: string[]): Promise<BillingRules | undefined> {
  return readParsed(file, problems, (text) => parseBillingRules(JSON.parse(text)));
}

async function readParsed<T>(file: string, problems: string[], parseText: (text: string) => T): Promise<T | undefined> {
  try {
    return parseText(await readFile(file, "utf8"));
  } catch (error) {
    if (error instanceof ConfigurationError) problems.push(...error.problems);
    else problems.push(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function readChoice(
  environment: Environment,
  name: string,
  fallback: string,
  pattern: RegExp,
  problems: string[],
): string {
  const value = environment[name] || fallback;
  if (!pattern.test(value)) problems.push(`${name}: expected ${pattern.source}, for instance ${fallback}`);
  return value;
}

async function readCa(environment: Environment, problems: string[]): Promise<string | undefined> {
  const variable = findCaVariable(environment);
  if (variable === undefined) return undefined;
  return readFile(variable.file, "utf8").catch(() => {
    problems.push(`${variable.name}: the file cannot be read`);
    return undefined;
  });
}

function refuse(problems: readonly string[]): CommandError {
  const list = problems.map((problem) => `  ${problem}`).join("\n");
  return new CommandError("AUTHORIZER_CONFIGURATION", `The authorizer cannot start:\n${list}`, {
    exitCode: EXIT.usage,
  });
}
