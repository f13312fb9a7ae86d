import type { Context } from "hono";
import { findConnection, kindOf } from "../../connections.ts";
import type { Tenant } from "../../tenant.ts";
import type { AuthorizationRequest } from "../authorize/request.ts";
import { openTransaction } from "../transaction.ts";

/** Where a login starts: at the provider if the request names one, on the sign-up page if it hints so, else to log in. */
export function sendToFirstPage(
  tenant: Pick<Tenant, "inFlight" | "state">,
  context: Context,
  login: { readonly id: string; readonly device: string; readonly request: AuthorizationRequest },
): Response {
  const { request } = login;
  const connection = request.connection === undefined ? undefined : findConnection(tenant.state, request.connection);
  if (connection !== undefined && kindOf(connection) === "social") {
    const step = { at: "provider", connection: connection.name } as const;
    return context.redirect(`/u/provider?state=${openTransaction(tenant, { ...login, step })}`);
  }
  const state = openTransaction(tenant, { ...login, step: { at: "login" } });
  return context.redirect(`/u/${request.screenHint === "signup" ? "signup" : "login"}?state=${state}`);
}
