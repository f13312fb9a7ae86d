export { type BillingPortal, openBillingPortal, type PortalSettings } from "../billing-portal/open-portal.ts";
export { type PagesMiddleware, servePagesExpress } from "../middleware/pages-express.ts";
export { type PagesHook, servePagesFastify } from "../middleware/pages-fastify.ts";
export type { Pages } from "../middleware/serve-pages.ts";
