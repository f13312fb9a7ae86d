import type { Context } from "hono";
import { kindOf } from "../../connections.ts";
import { readDevice } from "../../sessions/cookies.ts";
import type { Connection } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";
import { getClient } from "../get-client.ts";
import { type LoginPage, renderLoginPage } from "../pages/login-page.ts";
import { isAddress, normalizeAddress } from "../passwordless/one-time-code.ts";
import { sendOneTimeCode } from "../passwordless/send-code.ts";
import { describeRequest, queryOf } from "../post-login/describe.ts";
import { getTransaction, openTransaction, takeTransaction } from "../transaction.ts";

export interface Choice {
  readonly connection: Connection;
  readonly form: Readonly<Record<string, string | undefined>>;
  /** The page that the choice was made on. */
  readonly page: LoginPage;
}

/** From the login page to a provider, or to the page that takes the code that was sent. */
export function startConnectionLogin(
  tenant: Pick<Tenant, "actions" | "domain" | "geolocation" | "inFlight" | "log" | "state">,
  context: Context,
  { connection, form, page }: Choice,
): Response | Promise<Response> {
  const goOn = (step: Parameters<typeof openTransaction>[1]["step"], path: string): Response => {
    const transaction = takeTransaction(tenant.inFlight, readDevice(context), page.state, "login");
    return context.redirect(`${path}?state=${openTransaction(tenant, { ...transaction, step })}`);
  };
  if (kindOf(connection) === "social") return goOn({ at: "provider", connection: connection.name }, "/u/provider");

  const to = normalizeAddress(connection, form.passwordless_email ?? form.passwordless_phone ?? "");
  if (!isAddress(connection, to)) {
    const fault = connection.strategy === "email" ? "Email is not valid." : "Phone number is not valid.";
    return renderLoginPage(context, { ...page, fault, status: 400 });
  }
  const { request } = getTransaction(tenant.inFlight, readDevice(context), page.state, "login");
  sendOneTimeCode(tenant, connection, {
    to,
    client: getClient(tenant.state, request.clientId),
    request: describeRequest(tenant, context, { query: queryOf(request) }),
  });
  return goOn({ at: "passwordless", connection: connection.name, to }, "/u/passwordless");
}
