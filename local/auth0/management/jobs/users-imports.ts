import { getConnection } from "../connections/find.ts";
import { endpoint, NO_CONTENT, ok, type Resource } from "../endpoint.ts";
import { getOr404, ManagementError } from "../error.ts";
import { type ImportFailure, importUsers } from "./import-users.ts";
import { createJob, findJob, type Job } from "./job.ts";

/** As it comes in a form. */
interface ImportBody {
  readonly users: string;
  readonly connection_id: string;
  readonly upsert?: string;
  readonly external_id?: string;
  readonly send_completion_email?: string;
}

interface UsersImport extends Job {
  readonly type: "users_import";
  readonly failures: readonly ImportFailure[];
}

const SWITCH = { type: "string", enum: ["true", "false"] };
/** Auth0 docs, "Bulk user imports": 500 kB. */
const MOST_BYTES = 512_000;

export const usersImports: Resource = (tenant) => [
  endpoint<ImportBody>({
    method: "POST",
    path: "/jobs/users-imports",
    summary: "Create import users job",
    scopes: ["create:users"],
    body: {
      type: "object",
      required: ["users", "connection_id"],
      properties: {
        users: { type: "string", description: "JSON file of the users." },
        connection_id: { type: "string", pattern: "^con_[A-Za-z0-9]{16}$" },
        upsert: SWITCH,
        external_id: { type: "string" },
        send_completion_email: SWITCH,
      },
      additionalProperties: false,
    },
    handle: async ({ body: { users, connection_id, upsert, external_id } }) => {
      if (Buffer.byteLength(users) > MOST_BYTES) {
        throw new ManagementError(413, `Payload content length greater than maximum allowed: ${MOST_BYTES}`);
      }
      const connection = getConnection(tenant.state, connection_id);
      const { failures, summary } = await importUsers(tenant, connection, parseUsers(users), upsert === "true");
      const asked = { type: "users_import", connection_id, ...(external_id !== undefined && { external_id }) };
      const { failures: _, summary: __, ...job } = createJob(tenant, { ...asked, failures, summary });
      return { status: 202, body: job };
    },
  }),
  endpoint({
    method: "GET",
    path: "/jobs/:id/errors",
    scopes: ["create:users", "read:users"],
    handle: ({ params }) => {
      const job = getOr404(findJob(tenant, params.id ?? ""), "The job does not exist.", "inexistent_job");
      return isUsersImport(job) && job.failures.length > 0 ? ok(job.failures) : NO_CONTENT;
    },
  }),
];

export const isUsersImport = (job: Job): job is UsersImport => job.type === "users_import";

/** What is asked for later: how many, and not which. */
export const describeImport = ({ failures: _, ...job }: UsersImport): object => ({ ...job, status: "completed" });

function parseUsers(text: string): readonly unknown[] {
  try {
    const users: unknown = JSON.parse(text);
    if (Array.isArray(users)) return users;
  } catch {
    // As what is not a list.
  }
  throw new ManagementError(400, "Failed to parse users file JSON when importing users. Make sure it is valid JSON.");
}
