import type { Context } from "hono";
import type { Tenant } from "../tenant.ts";
import { continueLogin } from "./login/resume.ts";
import { isResetState } from "./universal-login/password-reset/challenge.ts";
import { continuePasswordReset } from "./universal-login/password-reset/reset.ts";

/**
 * `GET|POST /continue`: back from where an Action sent the browser. The state is good once and in this browser only; what
 * else comes along is for the Action to judge.
 */
export async function handleContinue(tenant: Tenant, context: Context): Promise<Response> {
  const query = context.req.query();
  const body = context.req.method === "POST" ? Object.fromEntries(new URLSearchParams(await context.req.text())) : {};
  const content = { state: body.state ?? query.state ?? "", query, body };
  return isResetState(tenant, content.state)
    ? continuePasswordReset(tenant, context, content)
    : continueLogin(tenant, context, content);
}

/** What came back, with the state that names what goes on. */
export interface Continuation {
  readonly state: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, string>>;
}
