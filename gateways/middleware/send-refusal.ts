import type { ServerResponse } from "node:http";
import type { Refused } from "../authorizer/decision.ts";

/**
 * Answers a refusal, on Node's own response. What has answered meanwhile, such as a limit on time, has done so: a second answer
 * would throw, and end the process.
 */
export function sendRefusal(response: ServerResponse, { status, wwwAuthenticate, retryAfter, body }: Refused): void {
  if (response.headersSent) return;
  response.statusCode = status;
  response.setHeader("content-type", "application/json");
  response.setHeader("cache-control", "no-store");
  if (wwwAuthenticate !== undefined) response.setHeader("www-authenticate", wwwAuthenticate);
  if (retryAfter !== undefined) response.setHeader("retry-after", retryAfter);
  response.end(body);
}
