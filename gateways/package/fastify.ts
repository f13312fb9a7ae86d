export type { CountingOptions } from "../middleware/count-at-end.ts";
export { authorizeFastify, type FastifyHook, type FastifyReply, type FastifyRequest } from "../middleware/fastify.ts";
