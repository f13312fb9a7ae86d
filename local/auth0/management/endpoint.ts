import type { Tenant } from "../tenant.ts";
import type { JsonSchema } from "./validation.ts";

/** A request that was authenticated, found to hold one of the endpoint's scopes, and validated. */
export interface EndpointRequest<Body = unknown> {
  /** Path parameters, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** Query parameters in the types that the endpoint's schema gives them; a repeated one is an array. */
  readonly query: Query;
  readonly body: Body;
  /** Scopes of the token. */
  readonly scopes: ReadonlySet<string>;
  /** The client that the token was issued to. */
  readonly clientId: string;
  readonly ip: string;
  readonly userAgent: string;
  readonly header: (name: string) => string | undefined;
}

export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export interface Reply {
  readonly status: 200 | 201 | 202 | 204;
  /** Serialized as JSON; absent for 204. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of a body: what is sent as it comes. */
  readonly stream?: ReadableStream<Uint8Array>;
}

/** One row of the Management API: what it takes, who may call it, what it does. */
export interface Endpoint<Body = unknown> {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below `/api/v2`, e.g. `/clients/:id`. */
  readonly path: `/${string}`;
  /** What the tenant log calls a call of it, in Auth0's words; a plain one is made up without. */
  readonly summary?: string;
  /** The token needs any one of these. */
  readonly scopes: readonly [string, ...string[]];
  /** What parts of the body or of the answer ask for besides; `handle` looks at them. */
  readonly partScopes?: readonly string[];
  /** Schemas of the path parameters that must have a form, by name. */
  readonly params?: Readonly<Record<string, JsonSchema>>;
  /** Schemas of the query parameters by name. Others are refused, as Auth0 does. `any`: what is not here looks at none. */
  readonly query?: Readonly<Record<string, JsonSchema>> | "any";
  /**
   * What the body must be: a type of auth0's SDK by its name, or a schema. Without it the endpoint takes no body, and one that
   * is sent is ignored.
   */
  readonly body?: string | JsonSchema;
  handle(request: EndpointRequest<Body>): Reply | Promise<Reply>;
}

/** The endpoints of one kind of resource. */
export type Resource = (tenant: Tenant) => readonly Endpoint[];

/** Ties a handler to the type that its schema describes: the one place where a validated body gets its type. */
export function endpoint<Body = undefined>(definition: Endpoint<Body>): Endpoint {
  return definition as Endpoint<unknown>;
}

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const created = (body: unknown): Reply => ({ status: 201, body });
export const ACCEPTED: Reply = { status: 202 };
export const NO_CONTENT: Reply = { status: 204 };
