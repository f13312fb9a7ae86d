import type { Context } from "hono";

/** The JSON object of a body; undefined for anything else. */
export async function readObject(context: Context): Promise<Record<string, unknown> | undefined> {
  if (!/^application\/json\b/.test(context.req.header("content-type") ?? "")) return undefined;
  const body: unknown = await context.req.json().catch(() => undefined);
  return typeof body === "object" && body !== null && !Array.isArray(body) ? { ...body } : undefined;
}

export function refuse(context: Context, message: string, status: 400 | 403 | 404 = 400): Response {
  return context.json({ error: { type: "invalid_request_error", message } }, status);
}
