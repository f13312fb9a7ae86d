import { isLoopback } from "./loopback.ts";
import { findRouteScopes } from "./routes/convention.ts";
import type { Route, RouteSegment } from "./routes/route.ts";

/** OAuth 2.0 Protected Resource Metadata (RFC 9728): how a client that knows the API alone comes by a token for it. */
export interface ResourceMetadata {
  /** Where it is to be found, as challenges say. */
  readonly url: string;
  /** On the API's own host; some clients leave out the slash at the end. */
  readonly paths: readonly string[];
  /** RFC 9728 §2. What is undefined is left out. */
  readonly document: {
    readonly resource: string;
    readonly authorization_servers: readonly string[];
    readonly scopes_supported: readonly string[] | undefined;
    readonly bearer_methods_supported: readonly ["header"];
    readonly resource_name: string | undefined;
  };
}

export interface ResourceMetadataOptions {
  readonly audience: string;
  readonly issuers: readonly string[];
  /** Without routes nothing is said of scopes. */
  readonly routes: readonly Pick<Route, "method" | "segments" | "access">[] | undefined;
  readonly name: string | undefined;
}

const WELL_KNOWN = "/.well-known/oauth-protected-resource";

/**
 * Undefined where the API's identifier is not an address that clients could have begun with, and where the API has a route of
 * its own there.
 */
export function planResourceMetadata(options: ResourceMetadataOptions): ResourceMetadata | undefined {
  const { audience, issuers, routes, name } = options;
  const url = findMetadataUrl(audience);
  if (url === undefined) return undefined;
  const { pathname } = new URL(url);
  const path = pathname.replace(/\/$/, "");
  if (routes?.some(({ segments }) => isLiteral(segments, path)) === true) return undefined;
  return {
    url,
    paths: [path, `${path}/`],
    document: {
      resource: audience,
      authorization_servers: issuers,
      scopes_supported: routes && [...new Set(routes.flatMap((route) => findRouteScopes(route) ?? []))],
      bearer_methods_supported: ["header"],
      resource_name: name,
    },
  };
}

/**
 * RFC 9728 §3.1: the well-known part stands between host and path, and a slash that is all of the path goes. The identifier must
 * be an https address without a query (http on this machine), written as clients write it: they compare it letter by letter.
 */
export function findMetadataUrl(audience: string): string | undefined {
  const url = URL.canParse(audience) ? new URL(audience) : undefined;
  if (url === undefined || url.href !== audience || !/^(?:\/[\w.~-]+)*\/$/.test(url.pathname)) return undefined;
  const isSecure = url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url));
  if (!isSecure || url.search !== "" || url.hash !== "" || url.username !== "" || url.password !== "") return undefined;
  return `${url.origin}${WELL_KNOWN}${url.pathname === "/" ? "" : url.pathname}`;
}

const isLiteral = (segments: readonly RouteSegment[], path: string): boolean =>
  path === segments.map((segment) => (segment.kind === "literal" ? `/${segment.written}` : "/{}")).join("");
