import type { Context } from "hono";
import type { Tenant } from "../../tenant.ts";
import type { AuthorizationRequest } from "../authorize/request.ts";
import { openTransaction } from "./transaction.ts";

/** Where a login starts: the sign-up page if the client hints so, else the login page. */
export function sendToFirstPage(
  tenant: Tenant,
  context: Context,
  login: { readonly id: string; readonly device: string; readonly request: AuthorizationRequest },
): Response {
  const state = openTransaction(tenant, { ...login, station: { at: "login" } });
  const page = login.request.screenHint === "signup" ? "signup" : "login";
  return context.redirect(`/u/${page}?state=${state}`);
}
