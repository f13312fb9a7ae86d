import { type Context, Hono } from "hono";
import type { Fault } from "./faults.ts";
import type { Services } from "./perform.ts";
import type { RateLimitSettings } from "./rate-limits.ts";
import type { RequestLog } from "./request-log.ts";

/**
 * `/_local/…`, which Stripe does not have: asks for faults and rate limits from another process.
 *
 *     POST   /_local/faults       {"kind":"reset-after","method":"POST","path":"/v1/customers","times":2}
 *     GET    /_local/faults       what is still to come
 *     DELETE /_local/faults
 *     PUT    /_local/rate-limits  {"perEndpoint":25,"total":25}, or {} for none
 *     GET    /_local/requests     the newest requests
 *
 * Bodies are `application/json`, which no web page can send here without a preflight that nobody answers.
 */
export function createControl({ faults, rateLimits }: Services, log: RequestLog): Hono {
  const control = new Hono();
  control.post("/faults", async (context) => {
    const fault = await readObject(context);
    if (fault === undefined) return refuse(context, "Send a fault as application/json.");
    try {
      // `add` checks every member that it uses.
      faults.add(fault as unknown as Fault);
    } catch (error) {
      if (error instanceof TypeError) return refuse(context, error.message);
      throw error;
    }
    return context.json({ faults: faults.pending() }, 201);
  });
  control.get("/faults", (context) => context.json({ faults: faults.pending() }));
  control.delete("/faults", (context) => {
    faults.clear();
    return context.json({ faults: [] });
  });
  control.put("/rate-limits", async (context) => {
    const settings = await readObject(context);
    if (settings === undefined || !isRateLimitSettings(settings)) {
      return refuse(context, "Send perEndpoint and total, whole numbers from 1, as application/json.");
    }
    rateLimits.set(settings);
    return context.json(settings);
  });
  control.get("/requests", (context) => context.json({ requests: log.entries() }));
  return control;
}

async function readObject(context: Context): Promise<Record<string, unknown> | undefined> {
  if (!/^application\/json\b/.test(context.req.header("content-type") ?? "")) return undefined;
  const body: unknown = await context.req.json().catch(() => undefined);
  return typeof body === "object" && body !== null && !Array.isArray(body) ? { ...body } : undefined;
}

function isRateLimitSettings(settings: Record<string, unknown>): settings is RateLimitSettings & typeof settings {
  return Object.entries(settings).every(
    ([name, value]) => ["perEndpoint", "total"].includes(name) && Number.isInteger(value) && Number(value) > 0,
  );
}

function refuse(context: Context, message: string): Response {
  return context.json({ error: { type: "invalid_request_error", message } }, 400);
}
