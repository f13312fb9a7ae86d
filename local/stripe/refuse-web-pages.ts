import type { MiddlewareHandler } from "hono";
import { refuse } from "./control-body.ts";

/** Whatever a browser's page changes, by a script or a form, comes with the page's origin; what a program sends has none. */
export const refuseWebPages: MiddlewareHandler = async (context, next) => {
  if (context.req.header("origin") !== undefined)
    return refuse(context, "This endpoint answers programs, and no web page.", 403);
  return next();
};
