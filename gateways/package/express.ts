export type { CountingOptions } from "../middleware/count-at-end.ts";
export { authorizeExpress, type ExpressMiddleware, type ExpressRequest } from "../middleware/express.ts";
