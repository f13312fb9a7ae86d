import { isLoopback } from "./loopback.ts";
import { Problems } from "./problems.ts";
import type { Router } from "./routes/readings.ts";
import type { Route } from "./routes/route.ts";

export type { Router };

/** What a token must be. */
export interface TokenRules {
  readonly issuers: readonly string[];
  readonly audience: string;
  /** Seconds. */
  readonly leeway: number;
  /** Characters. */
  readonly maxTokenLength: number;
  readonly boundTokens: "refuse" | "accept";
}

/** What a request must be. */
export interface RequestRules {
  /** `any`: with or without one. `required`: with one. A list: with one of these (`org_…`). */
  readonly organizations: "any" | "required" | readonly string[];
  readonly methodOverride: "refuse" | "ignore";
}

export interface AuthorizerSettings {
  /**
   * The token's `iss`, exactly: `https://<domain>/`. A tenant with a custom domain issues with the domain that was asked,
   * so there may be more than one; they share the tenant's keys.
   */
  readonly issuer: string | readonly string[];
  /** The API's identifier, exactly; it ends in a slash, because claims are named after it. */
  readonly audience: string;
  /** What people call the API, for clients that ask who issues its tokens. */
  readonly resourceName?: string | undefined;
  /** Without it: the first issuer's `.well-known/jwks.json`. HTTPS, or HTTP on this machine. */
  readonly jwksUrl?: string | undefined;
  /** Without routes every path has its scope by convention: `<method>:<first segment>`. */
  readonly routes?: readonly Route[] | undefined;
  /**
   * What is not listed in the routes: `refuse` (default), or `convention`. The latter is open to what the backend takes for
   * a listed path and this authorizer does not.
   */
  readonly unlisted?: "refuse" | "convention" | undefined;
  /**
   * Which router stands behind and takes the routes as it reads them; `any` (default) refuses a path that one router takes for
   * a route and another one for a route that asks for something else.
   */
  readonly router?: Router | undefined;
  /**
   * Where the scopes stand. `scope` (default) holds what was asked for and granted, and what Actions left of it.
   * `permissions` holds all that is assigned: Actions do not change it. `either`: both count.
   */
  readonly scopeClaim?: "scope" | "permissions" | "either" | undefined;
  readonly organizations?: RequestRules["organizations"] | undefined;
  readonly methodOverride?: RequestRules["methodOverride"] | undefined;
  /**
   * Tokens with `cnf`, which are bound to a key: `refuse` (default), because nothing here asks for a proof of that key; `accept`
   * where what stands in front has asked for it.
   */
  readonly boundTokens?: TokenRules["boundTokens"] | undefined;
  /** CORS preflights, which carry no token: `allow` (default) passes them on, `refuse` treats them as any request. */
  readonly preflight?: "allow" | "refuse" | undefined;
  /** Seconds that clocks may differ; 5 without it. */
  readonly leeway?: number | undefined;
  /** Characters; 8192 without it. */
  readonly maxTokenLength?: number | undefined;
}

export interface ReadSettings {
  readonly token: TokenRules;
  readonly request: RequestRules;
  readonly jwksUrl: URL;
  readonly scopeClaim: "scope" | "permissions" | "either";
  readonly unlisted: "refuse" | "convention";
  readonly preflight: "allow" | "refuse";
}

/** @throws {ConfigurationError} an authorizer that checks less than it seems to must not start. */
export function readSettings(settings: AuthorizerSettings): ReadSettings {
  const problems = new Problems("The authorizer's settings");
  const issuers = typeof settings.issuer === "string" ? [settings.issuer] : settings.issuer;
  if (issuers.length === 0) problems.add("issuer", "is missing");
  for (const issuer of issuers) checkIssuerUrl(issuer, problems);
  const { audience, leeway = 5, maxTokenLength = 8192, organizations = "any" } = settings;
  if (!/^[\x21\x23-\x5b\x5d-\x7e]+\/$/.test(audience))
    problems.add("audience", "must be the API's identifier, and end in a slash");
  if (!(leeway >= 0 && leeway <= 300)) problems.add("leeway", "must be between 0 and 300 seconds");
  if (!(maxTokenLength >= 512 && maxTokenLength <= 100_000))
    problems.add("maxTokenLength", "must be between 512 and 100,000 characters");
  if (typeof organizations !== "string" && organizations.length === 0)
    problems.add("organizations", 'an empty list would let nobody in: say "any", "required", or which');
  const jwksUrl = readJwksUrl(settings.jwksUrl ?? `${issuers[0]}.well-known/jwks.json`, problems);
  if (jwksUrl === undefined) throw problems.toError();
  problems.throwIfAny();
  return {
    token: { issuers, audience, leeway, maxTokenLength, boundTokens: settings.boundTokens ?? "refuse" },
    request: { organizations, methodOverride: settings.methodOverride ?? "refuse" },
    jwksUrl,
    scopeClaim: settings.scopeClaim ?? "scope",
    unlisted: settings.routes === undefined ? "convention" : (settings.unlisted ?? "refuse"),
    preflight: settings.preflight ?? "allow",
  };
}

function checkIssuerUrl(issuer: string, problems: Problems): void {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  if (url === undefined || !isTrustworthy(url) || url.search !== "" || url.hash !== "" || !issuer.endsWith("/"))
    problems.add("issuer", "must be https://<domain>/, with its slash at the end");
}

function readJwksUrl(text: string, problems: Problems): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && isTrustworthy(url)) return url;
  return problems.add("jwksUrl", "must be an HTTPS address (HTTP only on this machine)");
}

/** Keys over plain HTTP are anybody's keys, but for what never leaves this machine. */
function isTrustworthy(url: URL): boolean {
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url));
}
