import { renderIdentity } from "../../identity-headers.ts";
import type { ExpressMiddleware } from "../../middleware/express.ts";
import { HOP_BY_HOP } from "../../model/hop-by-hop.ts";

export type AuthorizerPolicy = ExpressMiddleware;

/**
 * Lets through what is allowed, with who asks in headers of the gateway's own. What the client sent under these names is
 * removed, also when spelled with underscores: backends behind CGI or WSGI read both as one.
 */
export function createPolicy(authorize: ExpressMiddleware): AuthorizerPolicy {
  return (request, response, next) =>
    authorize(request, response, (error) => {
      if (error !== undefined) return next(error);
      const identity = renderIdentity(request.authorized ?? { kind: "public" });
      const own = new Set(
        [...Object.keys(identity), "eg-consumer-id", ...HOP_BY_HOP].map((name) => name.toLowerCase()),
      );
      for (const name of Object.keys(request.headers))
        if (own.has(name.replaceAll("_", "-"))) delete request.headers[name];
      // It would also tell a proxy behind which headers to leave out.
      request.headers.connection = /\bclose\b/i.test(request.headers.connection ?? "") ? "close" : "keep-alive";
      for (const [name, value] of Object.entries(identity)) request.headers[name.toLowerCase()] = value;
      next();
    });
}
