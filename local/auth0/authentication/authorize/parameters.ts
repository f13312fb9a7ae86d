import type { Context } from "hono";
import { ErrorPage } from "../pages/error-page.ts";

/** The parameters of an authorization request, each at most once (RFC 6749 §3.1); empty ones count as left out. */
export type AuthorizeParameters = Readonly<Record<string, string>>;

/** From the query of a GET or the form of a POST (OpenID Connect Core §3.1.2.1). */
export async function readAuthorizeParameters(context: Context): Promise<AuthorizeParameters> {
  const source = context.req.method === "POST" ? await context.req.text() : new URL(context.req.url).search;
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(source)) {
    if (Object.hasOwn(parameters, name)) {
      throw new ErrorPage(400, "invalid_request", `Duplicate parameter: ${name}`);
    }
    if (value !== "") parameters[name] = value;
  }
  return parameters;
}
