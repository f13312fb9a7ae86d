import type { Problems } from "../../gateways/authorizer/problems.ts";
import { findAuthorityVariable } from "../http/authority.ts";
import type { Environment } from "../tenant/read-environment.ts";

export interface Address {
  readonly issuer: string;
  readonly furtherIssuers: readonly string[];
  readonly jwksUrl: string;
  readonly authorizerUrl: string;
  readonly port: number;
  readonly caFile: string | undefined;
  readonly rateLimit: number;
}

/** Where things are, which the tenant file cannot know. */
export function parseAddresses(environment: Environment, problems: Problems): Address | undefined {
  const { AUTH0_DOMAIN: domain, AUTH0_ISSUER: own } = environment;
  if (!domain && !own)
    return problems.add("AUTH0_DOMAIN", "is not set; npm run local prints the one of the tenant on this machine");
  // A custom domain issues tokens in its own name: then the issuer is said itself.
  const [first, ...furtherIssuers] = (own ?? "").split(",").map((one) => one.trim());
  const issuer = first || `https://${domain}/`;
  if (!/^https:\/\/[\w.-]+(?::\d+)?\/$/.test(issuer))
    return problems.add(own ? "AUTH0_ISSUER" : "AUTH0_DOMAIN", "the issuer must be https://<domain>/, with its slash");
  const authorizerUrl = (environment.AUTHORIZER_URL || "http://127.0.0.1:4455").replace(/\/$/, "");
  if (!/^http:\/\/[\w.-]+(?::\d+)?$/.test(authorizerUrl))
    problems.add("AUTHORIZER_URL", "expected http://<host>:<port>: the authorizer is for the gateway's own network");
  const authority = findAuthorityVariable(environment, "gateways");
  return {
    issuer,
    furtherIssuers,
    jwksUrl: `${issuer}.well-known/jwks.json`,
    authorizerUrl,
    port: parseNumber(environment, "GATEWAY_PORT", 8080, 65_535, problems),
    rateLimit: parseNumber(environment, "GATEWAY_RATE_LIMIT", 300, 1_000_000, problems),
    caFile: authority && environment[authority],
  };
}

function parseNumber(
  environment: Environment,
  name: string,
  fallback: number,
  most: number,
  problems: Problems,
): number {
  const number = Number(environment[name] || fallback);
  if (!Number.isSafeInteger(number) || number < 1 || number > most)
    problems.add(name, `expected a whole number from 1 to ${most}`);
  return number;
}
