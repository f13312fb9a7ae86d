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
  let tokens = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) if (isAuthorization(rawHeaders[index])) tokens += 1;
  if (tokens < 2) return headers;
  return {
    ...headers,
    authorization: rawHeaders.filter((_value, index) => index % 2 === 1 && isAuthorization(rawHeaders[index - 1])),
  };
}

const NAME = "authorization";
const isAuthorization = (name = ""): boolean => name.length === NAME.length && name.toLowerCase() === NAME;
