import type { ServerResponse } from "node:http";
import type { Usage } from "../authorizer/decision.ts";
import type { Gateway } from "../open-gateway.ts";
import { sendRefusal } from "./send-refusal.ts";

export interface CountingOptions {
  /** Which answers cost nothing, by their status, as `(status) => status >= 500`; without it each costs the same. */
  readonly isFree?: ((status: number) => boolean) | undefined;
  /** What a client costs that goes before its answer is whole: nothing (`free`, default), or what the answer would have. */
  readonly hangUps?: "free" | "count" | undefined;
}

/** What of a gateway a middleware uses: it counts by itself, later than the decision. */
export type MiddlewareGateway = Pick<Gateway, "authorizer" | "meter" | "metadata" | "refuse">;

/** Requests that are counted already: a middleware may stand before the app and before one of its routers. */
const watched = new WeakSet<ServerResponse>();

/**
 * Counts when the answer is about to be whole, and only if the client is still there: its end waits until the count is written
 * down. What cannot be written down is not answered (fail closed): 503, or a connection that is cut where the answer has begun.
 */
export function countAtEnd(
  response: ServerResponse,
  usage: Usage,
  { meter, refuse }: Pick<MiddlewareGateway, "meter" | "refuse">,
  { isFree = () => false, hangUps = "free" }: CountingOptions,
): void {
  if (meter === undefined || watched.has(response)) return;
  watched.add(response);
  const { end } = response;
  let isSettled = false;
  /** Whether what it costs has not been settled before. */
  const settle = (): boolean => {
    const isFirst = !isSettled;
    isSettled = true;
    return isFirst;
  };
  if (hangUps === "count")
    response.once("close", () => {
      // Nobody is there who could be refused.
      if (settle()) meter.count(usage).catch(() => undefined);
    });
  const wait = (...parameters: unknown[]): ServerResponse => {
    if (response.destroyed || !settle() || isFree(response.statusCode)) return finish(parameters);
    // Whoever ends it twice is not heard twice.
    response.end = (() => response) as ServerResponse["end"];
    meter.count(usage).then(
      () => finish(parameters),
      () => refuseInstead(),
    );
    return response;
  };
  const finish = (parameters: readonly unknown[]): ServerResponse => {
    response.end = end;
    return Reflect.apply(end, response, parameters) as ServerResponse;
  };
  const refuseInstead = (): void => {
    response.end = end;
    if (response.headersSent) {
      response.destroy();
      return;
    }
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    sendRefusal(response, refuse("metering_unavailable"));
  };
  response.end = wait as ServerResponse["end"];
}
