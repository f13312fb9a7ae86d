import type { Context } from "hono";

/** The fields of a posted form; of a repeated one the last. `state` may stand in the address instead. */
export async function readForm(context: Context): Promise<Readonly<Record<string, string | undefined>>> {
  return { ...context.req.query(), ...Object.fromEntries(new URLSearchParams(await context.req.text())) };
}
