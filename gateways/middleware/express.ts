import type { IncomingMessage, ServerResponse } from "node:http";
import type { Authorize } from "../authorizer/authorizer.ts";
import type { Allowed } from "../authorizer/decision.ts";
import { toAuthorizationRequest } from "../node-request.ts";

/** What of Express' request is read and written; Connect's and Node's own have it too. */
export interface ExpressRequest extends IncomingMessage {
  /** The whole address, where `url` is what a router has left of it. */
  readonly originalUrl?: string;
  /** Who asks; undefined on a public route. */
  authorized?: Allowed | undefined;
}

export type ExpressMiddleware = (
  request: ExpressRequest,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/** For Express 4 and 5: refuses, or puts who asks into `request.authorized` and goes on. */
export function authorizeExpress(authorize: Authorize): ExpressMiddleware {
  return (request, response, next) => {
    const target = request.originalUrl ?? request.url ?? "";
    authorize(toAuthorizationRequest(request, { target })).then((decision) => {
      if (decision.kind === "refused") {
        response.statusCode = decision.status;
        response.setHeader("content-type", "application/json");
        response.setHeader("cache-control", "no-store");
        if (decision.wwwAuthenticate !== undefined) response.setHeader("www-authenticate", decision.wwwAuthenticate);
        if (decision.retryAfter !== undefined) response.setHeader("retry-after", decision.retryAfter);
        response.end(decision.body);
        return;
      }
      request.authorized = decision.kind === "allowed" ? decision : undefined;
      next();
    }, next);
  };
}
