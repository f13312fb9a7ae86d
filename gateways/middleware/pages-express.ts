import type { ServerResponse } from "node:http";
import type { ExpressRequest } from "./express.ts";
import { createServePages, type Pages } from "./serve-pages.ts";

export type PagesMiddleware = (request: ExpressRequest, response: ServerResponse, next: () => void) => void;

/** For Express 4 and 5. It goes before what reads bodies, and before what asks for tokens. */
export function servePagesExpress(pages: Pages): PagesMiddleware {
  const serve = createServePages(pages);
  return (request, response, next) => {
    if (!serve(request, response, request.originalUrl ?? request.url ?? "")) next();
  };
}
