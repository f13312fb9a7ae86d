import type { IncomingMessage } from "node:http";
import type { AuthorizationRequest, Headers } from "./authorizer/request.ts";

/**
 * A request as Node received it. Node keeps the first of several Authorization headers and drops the rest in silence; what
 * stands behind may read another one, so all of them are handed over, to be refused.
 */
export function toAuthorizationRequest(
  incoming: Pick<IncomingMessage, "method" | "url" | "headers" | "rawHeaders">,
  { method = incoming.method ?? "", target = incoming.url ?? "" }: { method?: string; target?: string } = {},
): AuthorizationRequest {
  return { method, target, headers: readHeaders(incoming) };
}

function readHeaders({ headers, rawHeaders }: Pick<IncomingMessage, "headers" | "rawHeaders">): Headers {
  const tokens = rawHeaders.filter(
    (_value, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === "authorization",
  );
  return tokens.length > 1 ? { ...headers, authorization: tokens } : headers;
}
