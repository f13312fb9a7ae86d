import type { Tenant } from "../../tenant.ts";
import { endpoint, ok, type Resource } from "../endpoint.ts";
import { getOr404 } from "../error.ts";
import { findJob, type Job } from "./job.ts";
import { describeExport, isUsersExport } from "./users-export.ts";
import { describeImport, isUsersImport } from "./users-imports.ts";

/** What became of a job. One that exports users takes a moment; every other is done when it is made. */
export const jobs: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: "/jobs/:id",
    scopes: ["create:users", "read:users", "update:users"],
    handle: ({ params }) => {
      const job = findJob(tenant, params.id ?? "");
      return ok(getOr404(job && describeJob(tenant, job), "The job does not exist.", "inexistent_job"));
    },
  }),
];

function describeJob(tenant: Tenant, job: Job): object | undefined {
  if (isUsersExport(job)) return describeExport(tenant, job);
  return isUsersImport(job) ? describeImport(job) : { ...job, status: "completed" };
}
