import type { IncomingMessage, ServerResponse } from "node:http";
import type { Allowed } from "../authorizer/decision.ts";
import { findMetadataAnswer } from "../metadata-answer.ts";
import { toAuthorizationRequest } from "../node-request.ts";
import { type CountingOptions, countAtEnd, type MiddlewareGateway } from "./count-at-end.ts";

/** What of Fastify's request is read and written. */
export interface FastifyRequest {
  readonly raw: IncomingMessage;
  /** Who asks; undefined on a public route. */
  authorized?: Allowed | undefined;
}

/** What of Fastify's reply is used. */
export interface FastifyReply {
  readonly raw: ServerResponse;
  code(status: number): unknown;
  header(name: string, value: string): unknown;
  send(body: string): unknown;
}

export type FastifyHook = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/**
 * For Fastify 4 and 5, as an `onRequest` hook: refuses, or puts who asks into `request.authorized` and goes on. A question for
 * the API's metadata (RFC 9728) is answered, and what costs by use is counted when it is answered. It reads the address that Fastify routes by, after `rewriteUrl`.
 */
export function authorizeFastify(gateway: MiddlewareGateway, options: CountingOptions = {}): FastifyHook {
  return async (request, reply) => {
    const { method, url = "" } = request.raw;
    const answer = findMetadataAnswer(gateway.metadata, { method, target: url });
    if (answer !== undefined) {
      reply.code(answer.status);
      for (const [name, value] of Object.entries(answer.headers)) reply.header(name, value);
      reply.send(answer.body);
      return reply;
    }
    const decision = await gateway.authorizer.authorize(toAuthorizationRequest(request.raw));
    if (decision.kind !== "refused") {
      request.authorized = decision.kind === "allowed" ? decision : undefined;
      if (request.authorized?.usage) countAtEnd(reply.raw, request.authorized.usage, gateway, options);
      return undefined;
    }
    reply.code(decision.status);
    reply.header("content-type", "application/json");
    reply.header("cache-control", "no-store");
    if (decision.wwwAuthenticate !== undefined) reply.header("www-authenticate", decision.wwwAuthenticate);
    if (decision.retryAfter !== undefined) reply.header("retry-after", String(decision.retryAfter));
    reply.send(decision.body);
    return reply;
  };
}
