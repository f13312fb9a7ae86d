import { type CommandError, usageError } from "../command.ts";
import { type Authority, readAuthority } from "../http/authority.ts";
import { hideSecrets } from "../redaction/hidden-secrets.ts";
import { readKeywordValues } from "../tenant/keyword-values.ts";
import { listKeywords } from "../tenant/keywords.ts";
import { listSecretValues } from "../tenant/list-secret-values.ts";
import type { Environment } from "../tenant/read-environment.ts";
import type { TenantFile } from "../tenant/read-tenant.ts";

/** Which tenant, and as whom. */
export interface TenantAccess {
  /** Host, and port if it is not 443: `example.eu.auth0.com`, `localhost:4433`. */
  readonly domain: string;
  /** Of the Management API, where it is not made of `domain`: a custom domain is not in it. */
  readonly audience?: string | undefined;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly ca: Authority | undefined;
}

const CREDENTIALS = {
  AUTH0_DOMAIN: "the tenant's domain, e.g. example.eu.auth0.com",
  AUTH0_CLIENT_ID: "of an application authorized for the Management API",
  AUTH0_CLIENT_SECRET: "of the same application",
} as const;

/**
 * There is no default for any of this: a deploy goes where it was told to, or nowhere. What is secret in the environment is
 * not printed from here on.
 *
 * @param needs what is used of the tenant file: a command of an emergency does without the values of its keywords
 * @throws {CommandError} DEPLOY_VARIABLES_MISSING naming every variable without a value, keywords of the tenant file
 * included; DEPLOY_DOMAIN_MALFORMED; DEPLOY_CA_UNREADABLE.
 */
export async function readTenantAccess(
  environment: Environment,
  tenant: TenantFile,
  needs: "credentials" | "keywords" = "keywords",
): Promise<TenantAccess> {
  hideSecrets(listSecretValues(tenant, environment));
  const { AUTH0_DOMAIN: domain, AUTH0_CLIENT_ID: clientId, AUTH0_CLIENT_SECRET: clientSecret } = environment;
  if (!domain || !clientId || !clientSecret) {
    throw missingVariables(environment, needs === "keywords" ? tenant : undefined);
  }
  checkDomain(domain);
  const audience = environment.AUTH0_AUDIENCE || undefined;
  const ca = await readAuthority(environment, "tenant", "DEPLOY_CA_UNREADABLE");
  return { domain, audience, clientId, clientSecret, ca };
}

/** @throws {CommandError} DEPLOY_DOMAIN_MALFORMED */
export function checkDomain(domain: string): void {
  // The SDK puts https:// before it; a path or a scheme would end up in the middle of a URL.
  if (/^[a-z0-9.-]+(:\d+)?$/i.test(domain) && URL.canParse(`https://${domain}`)) return;
  throw usageError(
    "DEPLOY_DOMAIN_MALFORMED",
    "AUTH0_DOMAIN must be a bare host such as example.eu.auth0.com: no https://, no slash at the end.",
  );
}

function missingVariables(environment: Environment, tenant: TenantFile | undefined): CommandError {
  const places = new Map<string, readonly string[]>();
  const find = readKeywordValues(environment);
  const isMissing = (name: string) => !Object.hasOwn(CREDENTIALS, name) && find(name) === undefined;
  for (const { name, place } of (tenant === undefined ? [] : listKeywords(tenant)).filter(({ name }) =>
    isMissing(name),
  )) {
    places.set(name, [...new Set([...(places.get(name) ?? []), place])]);
  }
  const missing = [
    ...Object.entries(CREDENTIALS).filter(([name]) => !environment[name]),
    ...[...places].map(([name, at]): [string, string] => [
      name,
      at.length > 3 ? `${at[0]} and ${at.length - 1} more` : at.join(", "),
    ]),
  ];
  const width = Math.max(...missing.map(([name]) => name.length));
  return usageError(
    "DEPLOY_VARIABLES_MISSING",
    `Nothing was sent: ${missing.length === 1 ? "a variable has" : `${missing.length} variables have`} no value.\n` +
      `${missing.map(([name, what]) => `  ${name.padEnd(width)}  ${what}`).join("\n")}\n` +
      "Set them in .env, in environments/<name>.env (with -- --env <name>), or in the\n" +
      "environment; .env.example says what each is for.\n" +
      "To see a deploy without a tenant: npm run rehearse",
  );
}
