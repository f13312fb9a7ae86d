import type { FastifyReply, FastifyRequest } from "./fastify.ts";
import { createServePages, type Pages } from "./serve-pages.ts";

export type PagesHook = (
  request: Pick<FastifyRequest, "raw">,
  reply: Pick<FastifyReply, "raw"> & { hijack(): unknown },
) => Promise<unknown>;

/** For Fastify 4 and 5, as an `onRequest` hook before the one that asks for tokens. */
export function servePagesFastify(pages: Pages): PagesHook {
  const serve = createServePages(pages);
  return async ({ raw: request }, reply) => {
    if (!serve(request, reply.raw, request.url ?? "")) return undefined;
    reply.hijack();
    return reply;
  };
}
