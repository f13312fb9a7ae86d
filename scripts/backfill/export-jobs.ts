import type { ManagementClient } from "auth0";
import { isMapping } from "../tenant/shape.ts";
import type { Pace } from "./pace.ts";
import { FIELDS } from "./user.ts";

interface ExportJob {
  readonly status: string;
  /** Where the file is: whoever has this address, has the file. */
  readonly location?: string;
  readonly percent?: number;
}

/** Jobs of the tenant that write its users to a file. Rejects with what the SDK throws. */
export interface ExportJobs {
  /** Answers with the id of a job that begins. */
  create(): Promise<string>;
  /** Undefined for one that the tenant does not have (any more). */
  find(id: string): Promise<ExportJob | undefined>;
}

/** @param management with `read:users` */
export function createExportJobs({ jobs }: Pick<ManagementClient, "jobs">, pace: Pace): ExportJobs {
  return {
    async create() {
      const fields = FIELDS.map((name) => ({ name }));
      const { id } = await pace(() => jobs.usersExports.create({ format: "json", fields }));
      return id;
    },
    async find(id) {
      try {
        const { status, location, percentage_done: percent } = await pace(() => jobs.get(id));
        return {
          status,
          ...(location !== undefined && { location }),
          ...(percent !== undefined && { percent }),
        };
      } catch (error) {
        if (isMapping(error) && error.statusCode === 404) return undefined;
        throw error;
      }
    },
  };
}
