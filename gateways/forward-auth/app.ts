import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { findMetadataAnswer } from "../metadata-answer.ts";
import type { Gateway } from "../open-gateway.ts";
import { type Answer, incompleteAnswer, renderAnswer } from "./answer.ts";
import { createMetrics } from "./metrics.ts";
import { readQuestion } from "./question.ts";

export type ForwardAuthApp = Hono<{ Bindings: HttpBindings }>;

export interface ForwardAuthOptions {
  readonly gateway: Gateway;
  /** Whether the service is on its way out: then it says that it is not ready, and goes on answering. */
  readonly isStopping?: () => boolean;
  /** Mounts what else is to be served from here, such as the receiver of Stripe's webhooks. */
  readonly extend?: (app: ForwardAuthApp) => void;
}

/** The service that proxies ask before they let a request through. */
export function createForwardAuthApp({
  gateway,
  isStopping = () => false,
  extend,
}: ForwardAuthOptions): ForwardAuthApp {
  const app: ForwardAuthApp = new Hono();
  const metrics = createMetrics(gateway);

  app.use("*", async (context, next) => {
    const { incoming } = context.env;
    const question = readQuestion(incoming);
    const metadata = findMetadataAnswer(gateway.metadata, { method: incoming.method, target: incoming.url ?? "" });
    if (metadata !== undefined) return toResponse(metadata);
    if (question === undefined) return next();
    if (question.kind === "incomplete") return toResponse(incompleteAnswer);
    const start = performance.now();
    const decision = await gateway.authorize(question.request);
    metrics.count(decision, (performance.now() - start) / 1000);
    return toResponse(renderAnswer(decision, question.understands));
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

const toResponse = ({ status, headers, body }: Answer): Response => new Response(body, { status, headers });
