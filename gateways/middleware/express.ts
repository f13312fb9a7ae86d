import type { IncomingMessage, ServerResponse } from "node:http";
import type { Allowed } from "../authorizer/decision.ts";
import { findMetadataAnswer } from "../metadata-answer.ts";
import { toAuthorizationRequest } from "../node-request.ts";
import { type CountingOptions, countAtEnd, type MiddlewareGateway } from "./count-at-end.ts";
import { sendRefusal } from "./send-refusal.ts";

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

/**
 * For Express 4 and 5: refuses, or puts who asks into `request.authorized` and goes on. A question for the API's metadata
 * (RFC 9728) is answered, and what costs by use is counted when it is answered.
 */
export function authorizeExpress(gateway: MiddlewareGateway, options: CountingOptions = {}): ExpressMiddleware {
  return (request, response, next) => {
    const target = request.originalUrl ?? request.url ?? "";
    const answer = findMetadataAnswer(gateway.metadata, { method: request.method, target });
    if (answer !== undefined) {
      response.statusCode = answer.status;
      for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
      response.end(answer.body);
      return;
    }
    gateway.authorizer.authorize(toAuthorizationRequest(request, { target })).then((decision) => {
      if (decision.kind === "refused") {
        sendRefusal(response, decision);
        return;
      }
      request.authorized = decision.kind === "allowed" ? decision : undefined;
      if (request.authorized?.usage) countAtEnd(response, request.authorized.usage, gateway, options);
      next();
    }, next);
  };
}
