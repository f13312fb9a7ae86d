import type { Billing } from "./billing/billing.ts";
import { explainMissing } from "./billing/missing-scope.ts";
import { hasMethodOverride } from "./checks/method-override.ts";
import type { RequestFacts } from "./checks/request-check.ts";
import { requestChecks } from "./checks/table.ts";
import type { Allowed, Decision } from "./decision.ts";
import { createIdentify, type Identify, type Identity } from "./identify.ts";
import { createFetchKeySet, type FetchKeySet } from "./keys/fetch-key-set.ts";
import { createKeyStore, type KeyStore } from "./keys/key-store.ts";
import { createRefuse } from "./refuse.ts";
import { type AuthorizationRequest, readHeader } from "./request.ts";
import { conventionalScope } from "./routes/convention.ts";
import { parsePath, readMethod, type Segments } from "./routes/request-path.ts";
import type { Route } from "./routes/route.ts";
import { createRouteTable } from "./routes/route-table.ts";
import { type AuthorizerSettings, readSettings } from "./settings.ts";
import { createSteadyClock } from "./steady-clock.ts";

export type Authorize = (request: AuthorizationRequest) => Promise<Decision>;

export interface Authorizer {
  /** Never rejects. */
  readonly authorize: Authorize;
  /** Who asks, whatever for. */
  readonly identify: Identify;
  readonly keys: KeyStore;
  /** The scopes that a request needs: none for any valid token, undefined where there is no route. */
  neededScopes(method: string, target: string): readonly string[] | undefined;
}

export interface AuthorizerOptions extends AuthorizerSettings {
  /** Without it no scope costs money. */
  readonly billing?: Billing | undefined;
  /** Milliseconds since the epoch, as tokens say them. */
  readonly clock?: (() => number) | undefined;
  /** Milliseconds, for durations; without it `clock`, and without that one that cannot be set back. */
  readonly steadyClock?: (() => number) | undefined;
  /** Instead of reading `jwksUrl`. */
  readonly fetchKeySet?: FetchKeySet | undefined;
  /** Milliseconds; see KeyStoreOptions. */
  readonly keyTimes?: { readonly maxAge?: number; readonly maxStale?: number; readonly coolDown?: number } | undefined;
  /** Characters of tokens that are kept with their claims, so that a signature is checked once; 0: each time. */
  readonly keptTokens?: number | undefined;
}

const MINUTE = 60_000;
/** Some 20,000 of Auth0's tokens with an API's scopes. */
export const KEPT_TOKENS = 20_000_000;

/**
 * The one decision: is this token good for this request, and is it paid for?
 *
 * @throws {ConfigurationError} when the settings would make it check less than they seem to
 */
export function createAuthorizer(options: AuthorizerOptions): Authorizer {
  const { token: tokenRules, request: requestRules, ...settings } = readSettings(options);
  const clock = options.clock ?? Date.now;
  const { billing } = options;
  const refuse = createRefuse(tokenRules.audience, billing?.rules.paymentUrl);
  const routes = options.routes && createRouteTable(options.routes, options.router);
  const keys = createKeyStore({
    fetchKeySet: options.fetchKeySet ?? createFetchKeySet(settings.jwksUrl),
    clock: options.steadyClock ?? options.clock ?? createSteadyClock(),
    maxAge: options.keyTimes?.maxAge ?? 10 * MINUTE,
    maxStale: options.keyTimes?.maxStale ?? 24 * 60 * MINUTE,
    coolDown: options.keyTimes?.coolDown ?? 10_000,
  });

  const { keptTokens = KEPT_TOKENS } = options;
  const identify = createIdentify({
    keys,
    clock,
    refuse,
    rules: tokenRules,
    scopeClaim: settings.scopeClaim,
    keptTokens,
  });

  /** Without segments: the path is ambiguous. */
  const resolve = (method: string, target: string): { segments: Segments | undefined; route: Route | undefined } => {
    const path = parsePath(target);
    const found = path && routes?.find(method, path);
    return found === "ambiguous"
      ? { segments: undefined, route: undefined }
      : { segments: path?.segments, route: found };
  };

  const findNeeded = (method: string, segments: Segments | undefined, route: Route | undefined) => {
    if (segments === undefined) return undefined;
    if (route?.access.kind === "scopes") return route.access.scopes;
    if (route === undefined && settings.unlisted === "refuse") return undefined;
    const scope = conventionalScope(method, segments);
    return scope === undefined ? undefined : [scope];
  };

  const refuseMissing = async ({ claims, organization, scopes: granted }: Identity, needed: readonly string[]) => {
    const missing = needed.filter((scope) => !granted.includes(scope));
    const code =
      billing === undefined ? "scope_missing" : await explainMissing(billing, claims, tokenRules.audience, missing);
    return refuse(code, code === "scope_missing" ? { scopes: needed } : { organization });
  };

  const authorize: Authorize = async (request) => {
    const method = readMethod(request.method);
    const { segments, route } = resolve(method, request.target);
    // A method in a header could make anything of a request that needs no token: those need one.
    const isOverridden = hasMethodOverride(request, method);
    if (segments !== undefined && !isOverridden) {
      if (route?.access.kind === "public") return IS_PUBLIC;
      // A route that is listed for OPTIONS itself is more than that: anybody can send these headers.
      const isOwn = route?.method === "options";
      if (settings.preflight === "allow" && !isOwn && isPreflight(method, request)) return IS_PUBLIC;
    }

    const identifying = identify(request);
    // An await costs a turn of the event loop's queue, also on what is there already.
    const identification = identifying instanceof Promise ? await identifying : identifying;
    if (!identification.ok) return identification.refusal;
    const { identity } = identification;
    const { claims, organization, scopes: granted } = identity;
    const needed = findNeeded(method, segments, route);
    const facts: RequestFacts = { isOverridden, segments, route, needed, granted, organization };
    for (const check of requestChecks) {
      const code = check(facts, requestRules);
      if (code === "scope_missing" && needed !== undefined) return refuseMissing(identity, needed);
      if (code !== undefined) return refuse(code);
    }
    const allowed: Allowed = { kind: "allowed", ...identity, customer: undefined, usage: undefined };
    if (billing === undefined) return allowed;
    const charging = billing.charge({ claims, scopes: needed ?? [], metered: route?.metered });
    const charge = charging instanceof Promise ? await charging : charging;
    if (charge.kind === "refused") return refuse(charge.code, { organization });
    return { ...allowed, customer: charge.customer, usage: charge.usage };
  };

  return {
    authorize,
    identify,
    keys,
    neededScopes(method, target) {
      const { segments, route } = resolve(readMethod(method), target);
      return findNeeded(readMethod(method), segments, route);
    },
  };
}

const IS_PUBLIC: Decision = { kind: "public" };

/** Fetch standard, "CORS-preflight request": OPTIONS with both headers. Browsers never send a token with it. */
function isPreflight(method: string, { headers }: AuthorizationRequest): boolean {
  return (
    method === "options" &&
    readHeader(headers, "origin") !== undefined &&
    readHeader(headers, "access-control-request-method") !== undefined
  );
}
