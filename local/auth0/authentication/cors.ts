import type { Context } from "hono";
import type { Client } from "../state/resources.ts";
import type { TenantState } from "../state/tenant-state.ts";
import type { Tenant } from "../tenant.ts";
import { isListedUrl } from "./response/redirect-uri.ts";

/** Pages of these origins may read the answers that the client gets. */
const listOrigins = (client: Client): readonly string[] => [
  ...(client.web_origins ?? []),
  ...(client.allowed_origins ?? []),
  ...(client.callbacks ?? []).filter((url) => URL.canParse(url)).map((url) => new URL(url).origin),
];

const isAllowed = (client: Client, origin: string): boolean => isListedUrl(origin, client, listOrigins(client));

/** The client is known: its own origins may read the answer. */
export function allowOrigin(context: Context, client: Client): void {
  const origin = context.req.header("origin");
  if (origin !== undefined && isAllowed(client, origin)) sendOrigin(context, origin);
}

/** The request does not say which client it is of, as with a pre-flight: the origins of any client may. */
export function allowAnyClientsOrigin({ clients }: Pick<TenantState, "clients">, context: Context): boolean {
  const origin = context.req.header("origin");
  if (origin === undefined || clients.find((client) => isAllowed(client, origin)) === undefined) {
    return false;
  }
  sendOrigin(context, origin);
  return true;
}

/** Fetch standard, "CORS-preflight request": asked before a request that a form could not have sent. */
export function handlePreflight({ state }: Pick<Tenant, "state">, context: Context): Response {
  if (allowAnyClientsOrigin(state, context)) {
    context.header("access-control-allow-methods", "GET, POST, DELETE");
    context.header("access-control-allow-headers", "Authorization, Content-Type, Auth0-Client, DPoP");
    context.header("access-control-max-age", "600");
  }
  return context.body(null, 204);
}

function sendOrigin(context: Context, origin: string): void {
  context.header("access-control-allow-origin", origin);
  context.header("vary", "Origin", { append: true });
}
