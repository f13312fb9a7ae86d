import { randomAlphanumeric } from "../../ids.ts";
import type { Tenant } from "../../tenant.ts";
import { isoTime } from "../../timestamps.ts";

/** As it is answered when it is made, and kept: what became of it is for whoever asks later. */
export interface Job {
  readonly type: string;
  readonly status: "pending";
  /** ISO 8601. */
  readonly created_at: string;
  readonly id: string;
}

export function createJob<Fields extends { readonly type: string }>(
  { state, clock }: Pick<Tenant, "state" | "clock">,
  fields: Fields,
): Fields & Job {
  const id = `job_${randomAlphanumeric(16)}`;
  const job = { ...fields, status: "pending", created_at: isoTime(clock()), id } as const;
  jobsOf({ state }).set(id, job);
  return job;
}

export const findJob = (tenant: Pick<Tenant, "state">, id: string): Job | undefined =>
  jobsOf(tenant).get(id) as Job | undefined;

const jobsOf = ({ state }: Pick<Tenant, "state">) => state.records("/jobs");
