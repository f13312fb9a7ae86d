import { randomBytes } from "node:crypto";
import type { Context } from "hono";
import { html } from "hono/html";
import type { Tenant } from "../../tenant.ts";
import { renderPage } from "./layout.ts";

/** A failure that the person at the browser is told about, because there is no client that could be told. */
export class ErrorPage extends Error {
  override readonly name = "ErrorPage";
  readonly status: number;
  readonly error: string;
  readonly heading: string;

  constructor(status: number, error: string, description: string, heading = "Oops!, something went wrong") {
    super(description);
    this.status = status;
    this.error = error;
    this.heading = heading;
  }
}

/** What a form of a login that is over, or of another browser, is answered with. */
export function staleState(): ErrorPage {
  return new ErrorPage(
    400,
    "invalid_request",
    "You may have pressed the back button, refreshed during login, opened too many login dialogs, or there is some issue with cookies, since we couldn't find your session. Try logging in again from the application and if the problem persists please contact the administrator.",
  );
}

export function renderErrorPage(log: Tenant["log"], context: Context, failure: ErrorPage): Promise<Response> {
  const tracking = randomBytes(10).toString("hex");
  log(`${context.req.method} ${context.req.path} → error page ${failure.status} ${failure.error} (${tracking})`);
  return renderPage(
    context,
    failure.status,
    failure.heading,
    html`<p>${failure.error}: ${failure.message}</p>
<p class="small">TRACKING: ${tracking}</p>`,
  );
}
