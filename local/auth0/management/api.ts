import { getConnInfo } from "@hono/node-server/conninfo";
import { type Context, Hono } from "hono";
import type { Tenant } from "../tenant.ts";
import { readCaller } from "./authentication.ts";
import type { Endpoint, EndpointRequest, Reply } from "./endpoint.ts";
import { ManagementError } from "./error.ts";
import { logOperation } from "./log-operation.ts";
import { createRateLimiter, type RateLimit } from "./rate-limit.ts";
import { getRequestSchema } from "./request-schemas/get-request-schema.ts";
import { checkBody, checkPath, parseQuery } from "./validation.ts";

export interface ManagementApiOptions {
  /** Off unless given: the headers then show a limit that is never reached. */
  readonly rateLimit?: RateLimit | undefined;
}

/** An answer is never refused without a limit; the number only has to be larger than any test's burst. */
const NO_LIMIT: RateLimit = { perSecond: 1_000_000, burst: 1_000_000 };

/**
 * The Management API v2: every request passes the same steps in the same order (token, rate limit, scope, path, query,
 * body), and then its endpoint. What is not in the table is left to the server, which answers 404 and logs it: a 5xx
 * would make the Deploy CLI retry for minutes, and a success would be a lie.
 */
export function createManagementApi(
  tenant: Tenant,
  endpoints: readonly Endpoint[],
  { rateLimit }: ManagementApiOptions = {},
): Hono {
  const app = new Hono();
  const takeTurn = createRateLimiter(rateLimit ?? NO_LIMIT, tenant.clock);

  for (const endpoint of endpoints) {
    app.on(endpoint.method, endpoint.path, async (context) => {
      const caller = await readCaller(tenant, context.req.header("authorization"));
      const turn = takeTurn();
      for (const [name, value] of Object.entries(turn.headers)) context.header(name, value);
      if (!turn.allowed) throw new ManagementError(429, "Global limit has been reached", "too_many_requests");
      if (!endpoint.scopes.some((scope) => caller.scopes.has(scope))) {
        const message = `Insufficient scope, expected any of: ${endpoint.scopes.join(",")}`;
        throw new ManagementError(403, message, "insufficient_scope");
      }
      const params = context.req.param() as EndpointRequest["params"];
      if (endpoint.params !== undefined) checkPath(params, endpoint.params);
      const request: EndpointRequest = {
        params,
        query: endpoint.query === "any" ? {} : parseQuery(new URL(context.req.url).searchParams, endpoint.query ?? {}),
        body: endpoint.body === undefined ? undefined : await readBody(context, endpoint.body),
        ...caller,
        ip: getConnInfo(context).remote.address ?? "",
        userAgent: context.req.header("user-agent") ?? "",
        header: (name) => context.req.header(name),
      };
      const reply = await endpoint.handle(request);
      for (const [name, value] of Object.entries(reply.headers ?? {})) context.header(name, value);
      if (endpoint.method !== "GET") logOperation(tenant, endpoint, request, reply, context.req.path);
      return render(context, reply);
    });
  }

  app.onError((error, context) => {
    if (error instanceof ManagementError) return renderError(context, error);
    tenant.log(`error in ${context.req.method} ${context.req.path}: ${error.stack}`);
    return renderError(
      context,
      new ManagementError(400, `The local tenant failed: ${error.message}`, "local_tenant_error"),
    );
  });
  return app;
}

async function readBody(context: Context, schema: NonNullable<Endpoint["body"]>): Promise<unknown> {
  const type = context.req.header("content-type") ?? "";
  const body = type.startsWith("multipart/form-data")
    ? await readFormData(context)
    : parseText(await context.req.text(), type);
  checkBody(body, typeof schema === "string" ? getRequestSchema(schema) : schema);
  return body;
}

/** Files as their text. */
async function readFormData(context: Context): Promise<unknown> {
  const form = await context.req.formData().catch(() => {
    throw new ManagementError(400, "Invalid multipart payload format");
  });
  const entries = [...form].map(async ([name, value]) => [
    name,
    typeof value === "string" ? value : await value.text(),
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

const parseText = (text: string, type: string): unknown =>
  type.startsWith("application/x-www-form-urlencoded")
    ? Object.fromEntries(new URLSearchParams(text))
    : parseJson(text);

function parseJson(text: string): unknown {
  if (text === "") return {};
  try {
    return JSON.parse(text, refusePrototype) as unknown;
  } catch {
    throw new ManagementError(400, "Invalid request payload JSON format");
  }
}

/** Such a key would become the prototype of whatever the value is copied into; Auth0's HTTP layer refuses it, too. */
function refusePrototype(key: string, value: unknown): unknown {
  if (key === "__proto__") throw new SyntaxError("a key named __proto__");
  return value;
}

function render(context: Context, reply: Reply): Response {
  if (reply.stream !== undefined) return context.body(reply.stream, reply.status as 200);
  return reply.body === undefined ? context.body(null, reply.status as 204) : json(context, reply.status, reply.body);
}

function renderError(context: Context, error: ManagementError): Response {
  return json(context, error.status, error.toBody());
}

function json(context: Context, status: number, body: unknown): Response {
  return context.body(JSON.stringify(body), status as 200, { "content-type": "application/json; charset=utf-8" });
}
