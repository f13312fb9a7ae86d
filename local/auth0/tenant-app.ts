import { Hono } from "hono";
import { limitBody } from "../http/limit-body.ts";
import { RememberingRouter } from "../http/remembering-router.ts";
import { createAuthenticationApi } from "./authentication/api.ts";
import { befall } from "./faults.ts";
import { createManagementApi } from "./management/api.ts";
import type { Endpoint } from "./management/endpoint.ts";
import { PayloadTooLarge } from "./management/error.ts";
import { createExportFiles } from "./management/jobs/export-files.ts";
import type { RateLimit } from "./management/rate-limit.ts";
import type { Tenant } from "./tenant.ts";

interface TenantAppOptions {
  readonly endpoints: readonly Endpoint[];
  readonly rateLimit?: RateLimit | undefined;
  /** What is served beside the tenant's own endpoints, where those have none. */
  readonly createPages?: ((tenant: Tenant) => Hono) | undefined;
}

/** All that a tenant answers, behind the faults that somebody asked for. */
export function createTenantApp(tenant: Tenant, { endpoints, rateLimit, createPages }: TenantAppOptions): Hono {
  const app = new Hono({ router: new RememberingRouter() });
  app.use(befall(tenant.faults, isPageBeside));
  app.use(limitBody((context) => context.json(new PayloadTooLarge().toBody(), 413)));
  app.route("/", createAuthenticationApi(tenant));
  app.route("/", createExportFiles(tenant));
  app.route("/api/v2", createManagementApi(tenant, endpoints, { rateLimit }));
  if (createPages !== undefined) app.route("/", createPages(tenant));
  app.notFound((context) => {
    tenant.log(`not implemented by the local tenant: ${context.req.method} ${context.req.path} → 404`);
    return context.json({ statusCode: 404, error: "Not Found", message: "Not Found" }, 404);
  });
  return app;
}

/** The paths of `createPages`. */
const isPageBeside = (path: string): boolean => path === "/" || path.startsWith("/console");
