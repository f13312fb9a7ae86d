import type { Context } from "hono";
import { isFromElsewhere } from "../../../gateways/pages/is-from-elsewhere.ts";
import { isLoopback } from "../../network/loopback.ts";
import { ConsoleError } from "./page.ts";

/**
 * A name that leads here and is another's (DNS rebinding) would make that other's pages this origin's.
 *
 * @param domain the tenant's own, where a proxy stands before it
 * @throws {ConsoleError} HOST_NOT_LOCAL
 */
export function checkHost({ req }: Context, domain: string): void {
  const { host, hostname } = new URL(req.url);
  if (host === domain || hostname === "localhost" || isLoopback(hostname.replace(/^\[|\]$/g, ""))) return;
  throw new ConsoleError(421, "HOST_NOT_LOCAL", `The console is at https://${domain}/, not at ${host}.`);
}

/**
 * @param token what this console's pages carry
 * @throws {ConsoleError} FORM_FROM_ELSEWHERE
 */
export function checkForm({ req }: Context, given: string | undefined, isToken: (given: string) => boolean): void {
  if (given !== undefined && isToken(given) && !isFromElsewhere(req.raw, new URL(req.url).origin)) return;
  const message =
    "This form is not of a page of this console, or of one from before its last start. Open the page again.";
  throw new ConsoleError(403, "FORM_FROM_ELSEWHERE", message);
}
