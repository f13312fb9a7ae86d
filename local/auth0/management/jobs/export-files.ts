import { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { Hono } from "hono";
import { digest } from "../../digest.ts";
import type { Tenant } from "../../tenant.ts";
import { findJob } from "./job.ts";
import { isUsersExport, renderExport } from "./users-export.ts";

/** Where the links of users exports lead: at Auth0 to a storage service, which knows nothing of tokens and refuses with 403. */
export function createExportFiles(tenant: Tenant): Hono {
  return new Hono().get("/users-exports/:file", (context) => {
    const id = tenant.inFlight.exportLinks.get(digest(context.req.query("ticket") ?? ""));
    const job = id === undefined ? undefined : findJob(tenant, id);
    if (job === undefined || !isUsersExport(job)) return context.text("Request has expired", 403);
    const file = Readable.from(renderExport(tenant.state.users.values(), job)).pipe(createGzip());
    return context.body(Readable.toWeb(file) as ReadableStream, 200, { "content-type": "application/gzip" });
  });
}
