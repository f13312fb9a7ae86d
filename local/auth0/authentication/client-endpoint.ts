import type { Context } from "hono";
import type { Tenant } from "../tenant.ts";
import { OAuthError } from "./oauth-error.ts";

export type Handler = (tenant: Tenant, context: Context) => Response | Promise<Response>;

/** RFC 6749 §5.1: such an answer is never cached. */
export const NO_STORE = { "cache-control": "no-store", pragma: "no-cache" } as const;

/** An endpoint that clients call: what it throws becomes OAuth's JSON. */
export function forClients(handler: Handler): Handler {
  return async (tenant, context) => {
    try {
      return await handler(tenant, context);
    } catch (error) {
      if (error instanceof OAuthError) return context.json(error.toBody(), error.status as 400, NO_STORE);
      throw error;
    }
  };
}
