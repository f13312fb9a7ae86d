import { endpoint, ok, type Resource } from "../endpoint.ts";
import { getOr404 } from "../error.ts";
import { findJob } from "./job.ts";
import { describeExport, isUsersExport } from "./users-export.ts";

/** What became of a job. One that exports users takes a moment; every other is done when it is made. */
export const jobs: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: "/jobs/:id",
    scopes: ["create:users", "read:users", "update:users"],
    handle: ({ params }) => {
      const job = findJob(tenant, params.id ?? "");
      const shown =
        job !== undefined && isUsersExport(job) ? describeExport(tenant, job) : job && { ...job, status: "completed" };
      return ok(getOr404(shown, "The job does not exist.", "inexistent_job"));
    },
  }),
];
