import { type Context, Hono } from "hono";
import { limitBody } from "../http/limit-body.ts";
import { invalidRequest, tooLarge, unrecognizedUrl } from "./errors.ts";
import { createHostedPages } from "./hosted/pages.ts";
import { createId } from "./ids.ts";
import type { Operation } from "./operation.ts";
import { type Outcome, renderFailure } from "./outcome.ts";
import { perform, type Services, type StripeRequest } from "./perform.ts";
import type { RequestLog } from "./request-log.ts";

/** Puts an outcome on the wire; what stands between server and caller decides how a connection is reset. */
export type Deliver = (outcome: Outcome, context: Context) => Response | Promise<Response>;

/** The version that the SDK of package-lock.json speaks; checked by its types. */
export const API_VERSION: import("stripe").Stripe.LatestApiVersion = "2026-10-28.endive";

export function createApp(
  services: Services,
  operations: readonly Operation[],
  log: RequestLog,
  control: Hono,
  deliver: Deliver,
): Hono {
  const app = new Hono();

  const serve = async (context: Context, route: string, handle: (request: StripeRequest) => Promise<Outcome>) => {
    const requestId = createId("req");
    const version = context.req.header("stripe-version") ?? API_VERSION;
    const idempotencyKey = context.req.header("idempotency-key");
    const outcome =
      version === API_VERSION
        ? await handle({
            requestId,
            path: context.req.path,
            id: context.req.param("id") ?? "",
            parameters: await readParameters(context),
            authorization: context.req.header("authorization"),
            idempotencyKey,
          })
        : refuseVersion(version);
    const headers: Record<string, string> = {
      "request-id": requestId,
      "stripe-version": version,
      ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
    };
    log.add({ requestId, method: context.req.method, path: context.req.path, route, idempotencyKey, outcome });
    return deliver(addHeaders(outcome, headers), context);
  };

  app.use(
    limitBody((context) => serve(context, "", async () => ({ kind: "answer", answer: renderFailure(tooLarge()) }))),
  );
  app.route("/_local", control);
  app.route("/", createHostedPages(services.account, services.catchUp));
  for (const operation of operations) {
    app.on(operation.method, operation.route, (context) =>
      serve(context, operation.route, (request) => perform(services, operation, request)),
    );
  }
  app.notFound((context) =>
    serve(context, "", async ({ path }) => ({
      kind: "answer",
      answer: renderFailure(unrecognizedUrl(context.req.method, path)),
    })),
  );
  return app;
}

async function readParameters(context: Context): Promise<string> {
  if (context.req.method === "POST") return context.req.text();
  return new URL(context.req.url).search.slice(1);
}

function refuseVersion(version: string): Outcome {
  const failure = invalidRequest(
    `The local Stripe answers API version ${API_VERSION}, not '${version}': use the SDK of package-lock.json.`,
  );
  return { kind: "answer", answer: renderFailure(failure) };
}

/** A proxy's page knows neither request id nor version. */
function addHeaders(outcome: Outcome, headers: Record<string, string>): Outcome {
  if (outcome.kind === "reset" || outcome.kind === "hang") return outcome;
  const { answer } = outcome;
  if (answer.headers["content-type"] !== "application/json") return outcome;
  return { ...outcome, answer: { ...answer, headers: { ...answer.headers, ...headers } } };
}
