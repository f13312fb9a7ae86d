import type { ResourceMetadata } from "../authorizer/resource-metadata.ts";
import type { RouteSegment } from "../authorizer/routes/route.ts";

/** What every gateway's configuration is made from: plain data, without a secret in it. */
export interface GatewayModel {
  /** The token's `iss`, with its slash. */
  readonly issuer: string;
  /** Others that the environment names. What checks tokens itself knows one: theirs are refused there. */
  readonly furtherIssuers: readonly string[];
  readonly jwksUrl: string;
  /** The API's identifier. */
  readonly audience: string;
  /** Where the gateways look for scopes. */
  readonly scopeClaim: "scope" | "permissions";
  /**
   * Who says that a paid scope is paid for. `authorizer`: the forward-auth service asks Stripe. `token`: an Action takes the
   * scope out of the token when it is not, and gateways look no further.
   */
  readonly paidScopes: "authorizer" | "token";
  /** Name of the claim that says who pays. */
  readonly customerClaim: string;
  /** What clients are told without a token; undefined where the API's identifier is not its address. */
  readonly metadata: ResourceMetadata | undefined;
  /** Web pages that may call the API. */
  readonly origins: readonly string[];
  /** Of tenant.yaml, and no origin that a gateway could compare: pages of these may not. */
  readonly unusableOrigins: readonly string[];
  /** Requests a minute and subject. */
  readonly rateLimit: number;
  readonly routes: readonly GatewayRoute[];
  /** Of the forward-auth service, as the gateway reaches it; no slash at the end. */
  readonly authorizerUrl: string;
  /** Where the gateway listens on this machine. */
  readonly port: number;
  /** A certificate authority that the issuer's certificate is from, if it is not a public one. */
  readonly caFile: string | undefined;
}

export interface GatewayRoute {
  /** In capitals; never ANY. */
  readonly method: string;
  /** `/users/{id}` */
  readonly path: string;
  readonly segments: readonly RouteSegment[];
  /** Undefined: no token is asked for. Empty: any valid token will do. */
  readonly scopes: readonly string[] | undefined;
  /** Those of its scopes that cost money. */
  readonly paid: readonly string[];
  /** As the route says; undefined: as stripe.json says. */
  readonly metered: boolean | undefined;
  readonly backend: Backend;
}

export interface Backend {
  /** As routes.yaml calls it, or `backend-1` for one that is only an address. */
  readonly name: string;
  /** No slash at the end: a request's path is appended. */
  readonly url: string;
  /** With which the gateway itself asks for a token (client credentials); undefined: the backend asks for none. */
  readonly credentials: BackendCredentials | undefined;
}

export interface BackendCredentials {
  readonly audience: string;
  readonly scopes: readonly string[];
  /** Names of the environment variables that the gateway reads them from when it starts. */
  readonly clientIdVariable: string;
  readonly clientSecretVariable: string;
}

/** What a user copies. */
export interface GatewayFolder {
  readonly name: string;
  readonly files: readonly RenderedFile[];
  /** What this gateway cannot check, and what to do about it. */
  readonly warnings: readonly string[];
}

export interface RenderedFile {
  /** From the folder, with slashes. */
  readonly path: string;
  readonly text: string;
}

export type RenderGateway = (model: GatewayModel) => GatewayFolder;

/** What a page of a known origin may send beside what every page may, and what it may read of an answer. */
export const CORS_PAGE = {
  sends: ["Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match"],
  reads: ["WWW-Authenticate", "Retry-After", "ETag"],
} as const;

/** What a backend may say of CORS itself: a gateway that says it takes these out, for browsers accept each of them once. */
export const CORS_ANSWER_HEADERS = [
  "Access-Control-Allow-Origin",
  "Access-Control-Allow-Credentials",
  "Access-Control-Allow-Headers",
  "Access-Control-Allow-Methods",
  "Access-Control-Expose-Headers",
  "Access-Control-Max-Age",
] as const;

/** Headers in which a gateway tells the backend who asks. What a client sends under these names never arrives. */
export const IDENTITY_HEADERS = ["X-User-Sub", "X-Org-Id", "X-Scopes", "X-Stripe-Customer"] as const;
