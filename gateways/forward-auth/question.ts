import type { IncomingMessage } from "node:http";
import type { AuthorizationRequest } from "../authorizer/request.ts";
import { toAuthorizationRequest } from "../node-request.ts";

/** How a proxy asks, and what it understands as an answer. */
export type Question =
  | {
      readonly kind: "question";
      readonly request: AuthorizationRequest;
      /** `any` status, or `401 and 403` only: NGINX makes a 500 of all others that refuse. */
      readonly understands: "any" | "401 and 403";
    }
  /** The proxy did not say what is asked for. */
  | { readonly kind: "incomplete" };

/**
 * The three ways to ask:
 * - `/authorize`: method and address in X-Forwarded-Method and X-Forwarded-Uri (Traefik, Caddy, KrakenD);
 * - `/auth-request`: the same, with answers that NGINX's auth_request understands;
 * - `/ext-authz/…`: the request's own method and address behind that prefix (Envoy's HTTP ext_authz).
 *
 * The raw address decides which, before anything normalises it: `/ext-authz/../authorize` would else let a client bring its
 * own X-Forwarded-Uri. Undefined: it is not a question.
 */
export function readQuestion(incoming: IncomingMessage): Question | undefined {
  const { url = "" } = incoming;
  if (url.startsWith(ENVOY_PREFIX))
    return {
      kind: "question",
      request: toAuthorizationRequest(incoming, { target: url.slice(ENVOY_PREFIX.length - 1) }),
      understands: "any",
    };
  const path = url.split("?", 1)[0];
  if (path === "/authorize") return readForwarded(incoming, "any");
  if (path === "/auth-request") return readForwarded(incoming, "401 and 403");
  return undefined;
}

const ENVOY_PREFIX = "/ext-authz/";
/** RFC 9110 §9.1, §5.6.2: `M-SEARCH` is one. */
const METHOD = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * The proxy must set both headers itself, whatever the client sent. One that adds to the client's instead gives two values,
 * which Node joins with a comma and a space: no method and no path has either.
 */
function readForwarded(incoming: IncomingMessage, understands: "any" | "401 and 403"): Question {
  const method = incoming.headers["x-forwarded-method"];
  const target = incoming.headers["x-forwarded-uri"];
  if (typeof method !== "string" || typeof target !== "string" || !METHOD.test(method) || target.includes(" "))
    return { kind: "incomplete" };
  return { kind: "question", request: toAuthorizationRequest(incoming, { method, target }), understands };
}
