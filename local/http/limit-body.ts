import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";

/** Bytes. Auth0's documentation of the Management API: "maximum payload size of 1 megabyte"; Stripe names none. */
export const LARGEST_BODY = 1_048_576;

/**
 * Refuses a larger body before it is read, or at that byte where no length was sent.
 *
 * @param refuse answers with 413, as the API words it
 */
export function limitBody(refuse: (context: Context) => Response | Promise<Response>): MiddlewareHandler {
  const limitUnknown = bodyLimit({ maxSize: LARGEST_BODY, onError: refuse });
  return async (context, next) => {
    // To look at the body costs a copy of the request; nearly always a header says enough.
    const length = context.req.header("content-length");
    if (length !== undefined) return Number(length) > LARGEST_BODY ? refuse(context) : next();
    return context.req.header("transfer-encoding") === undefined ? next() : limitUnknown(context, next);
  };
}
