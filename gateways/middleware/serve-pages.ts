import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";

/** Pages on a path of the app's: the billing portal. */
export interface Pages {
  /** They answer there and below. */
  readonly path: string;
  fetch(request: Request): Promise<Response>;
}

/** @returns whether the request is for these pages, and is answered by them */
export type ServePages = (request: IncomingMessage, response: ServerResponse, target: string) => boolean;

export function createServePages({ path, fetch }: Pages): ServePages {
  const answer = getRequestListener(fetch, { overrideGlobalObjects: false });
  return (request, response, target) => {
    const pathname = target.split("?", 1)[0] ?? "";
    if (pathname !== path && !pathname.startsWith(`${path}/`)) return false;
    // A router has taken its own part of the address away.
    request.url = target;
    void answer(request, response);
    return true;
  };
}
