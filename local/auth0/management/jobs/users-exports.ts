import { getConnection } from "../connections/find.ts";
import { endpoint, ok, type Resource } from "../endpoint.ts";
import { refuseUnimplemented } from "../not-implemented.ts";
import { createJob } from "./job.ts";
import type { ExportedField } from "./users-export.ts";

interface ExportBody {
  readonly connection_id?: string;
  readonly format?: "json" | "csv";
  readonly limit?: number;
  readonly fields?: readonly ExportedField[];
}

/** A file of users by a job. Which fields Auth0 takes where none are named is not documented. */
export const usersExports: Resource = (tenant) => [
  endpoint<ExportBody>({
    method: "POST",
    path: "/jobs/users-exports",
    summary: "Create export users job",
    scopes: ["read:users"],
    body: "CreateExportUsersRequestContent",
    handle: ({ body: { connection_id, format = "json", fields = [], limit } }) => {
      if (format === "csv") refuseUnimplemented(tenant, "users exports as CSV");
      if (fields.length === 0) refuseUnimplemented(tenant, "users exports without fields");
      const connection = connection_id === undefined ? undefined : getConnection(tenant.state, connection_id);
      const job = {
        type: "users_export",
        format,
        fields,
        ...(limit !== undefined && { limit }),
        ...(connection !== undefined && { connection_id: connection.id, connection: connection.name }),
      };
      return ok(createJob(tenant, job));
    },
  }),
];
