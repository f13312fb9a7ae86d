import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { findMetadataAnswer } from "../metadata-answer.ts";
import type { Gateway } from "../open-gateway.ts";
import type { Metrics } from "./metrics.ts";

export type ForwardAuthApp = Hono<{ Bindings: HttpBindings }>;

export interface ForwardAuthOptions {
  readonly gateway: Gateway;
  readonly metrics: Pick<Metrics, "render">;
  /** Whether the service is on its way out: then it says that it is not ready, and goes on answering. */
  readonly isStopping?: () => boolean;
  /** Mounts what else is to be served from here, such as the receiver of Stripe's webhooks. */
  readonly extend?: (app: ForwardAuthApp) => void;
}

/** What the service answers besides proxies' questions. */
export function createForwardAuthApp({
  gateway,
  metrics,
  isStopping = () => false,
  extend,
}: ForwardAuthOptions): ForwardAuthApp {
  const app: ForwardAuthApp = new Hono();

  app.use("*", async (context, next) => {
    const { method, url: target = "" } = context.env.incoming;
    const metadata = findMetadataAnswer(gateway.metadata, { method, target });
    return metadata === undefined ? next() : new Response(metadata.body, metadata);
  });
  app.get("/healthz", (context) => context.json({ status: "ok" }));
  app.get("/readyz", async (context) => {
    if (isStopping()) return context.json({ status: "stopping" }, 503);
    const hasKeys = await gateway.authorizer.keys.load();
    return hasKeys
      ? context.json({ status: "ready" })
      : context.json({ status: "the issuer's keys cannot be read" }, 503);
  });
  app.get("/metrics", (context) =>
    context.body(metrics.render(), 200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" }),
  );
  extend?.(app);
  app.notFound((context) => context.json({ error: "not_found" }, 404));
  return app;
}
