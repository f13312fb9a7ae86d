import type { Context } from "hono";
import { OAuthError, ServerError } from "../oauth-error.ts";
import type { Tenant } from "../tenant.ts";

export type Handler = (tenant: Tenant, context: Context) => Response | Promise<Response>;

/** RFC 6749 §5.1: such an answer is never cached. */
export const NO_STORE = { "cache-control": "no-store", pragma: "no-cache" } as const;

/** An endpoint that clients call: what it throws becomes OAuth's JSON. */
export function forClients(handler: Handler): Handler {
  return async (tenant, context) => {
    try {
      return await handler(tenant, context);
    } catch (error) {
      if (error instanceof OAuthError) {
        return context.json(error.toBody(), error.status as 400, { ...NO_STORE, ...error.headers });
      }
      // Not 5xx: clients such as the Deploy CLI would try the same again for minutes.
      logFailure(tenant.log, context, error);
      const failure = new ServerError("The local tenant failed: see its log.");
      return context.json(failure.toBody(), 400, NO_STORE);
    }
  };
}

/** Our own mistake: the person at the terminal sees where. */
export function logFailure(log: Tenant["log"], context: Context, error: unknown): void {
  const trace = error instanceof Error ? error.stack : String(error);
  log(`error in ${context.req.method} ${context.req.path}: ${trace}`);
}
