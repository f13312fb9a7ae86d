import { digest, newSecret } from "../../digest.ts";
import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import type { Job } from "./job.ts";

export interface ExportedField {
  /** A path into the profile: `email`, `identities[0].connection`, `app_metadata`. */
  readonly name: string;
  readonly export_as?: string;
}

/** The file is made when it is fetched, of the users that there are by then. */
export interface UsersExport extends Job {
  readonly type: "users_export";
  readonly format: "json";
  readonly fields: readonly ExportedField[];
  /** Users; without it all. */
  readonly limit?: number;
  readonly connection_id?: string;
  /** Its name. */
  readonly connection?: string;
}

/** Milliseconds until it is done: long enough that a client which does not ask again finds no file. */
const TAKES = 250;
/** Milliseconds for which Auth0 keeps a job (Auth0 docs, "Bulk user exports"). */
const KEPT = 24 * 3_600_000;

export const isUsersExport = (job: Job): job is UsersExport => job.type === "users_export";

/** With another link each time: one is good for a minute. Undefined when the job is no longer kept. */
export function describeExport(
  tenant: Pick<Tenant, "clock" | "inFlight" | "issuer" | "name">,
  job: UsersExport,
): object | undefined {
  const age = tenant.clock() - Date.parse(job.created_at);
  if (age >= KEPT) return undefined;
  if (age < TAKES) return { ...job, status: "processing" };
  const secret = newSecret();
  tenant.inFlight.exportLinks.set(digest(secret), job.id);
  const location = `${tenant.issuer}users-exports/${tenant.name}.json.gz?ticket=${secret}`;
  return { ...job, status: "completed", percentage_done: 100, location };
}

/** A user on each line. */
export function* renderExport(users: readonly User[], job: UsersExport): Generator<string> {
  const { connection, fields, limit = Number.POSITIVE_INFINITY } = job;
  let count = 0;
  for (const user of users) {
    if (connection !== undefined && !user.identities.some((identity) => identity.connection === connection)) continue;
    if (count === limit) return;
    count += 1;
    const members = fields.map(({ name, export_as = name }) => [export_as, readPath(user, name)]);
    yield `${JSON.stringify(Object.fromEntries(members))}\n`;
  }
}

function readPath(user: User, path: string): unknown {
  let value: unknown = user;
  for (const name of path.split(/[.[\]]+/)) {
    if (name === "") continue;
    value =
      typeof value === "object" && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
  }
  return value;
}
