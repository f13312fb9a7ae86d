import type { LocalTenantOptions } from "../../local/auth0/server.ts";
import { type ConsoleOptions, createConsole } from "../../local/console/create-console.ts";
import { createRunRecorder } from "../../local/console/runs/recorder.ts";
import { createRedactor } from "../../scripts/redaction/redact.ts";

export interface TestConsole extends Partial<Omit<ConsoleOptions, "runs">> {
  readonly capacity?: number;
}

/** What makes a local tenant one with a console. */
export function withConsole({
  capacity,
  ...options
}: TestConsole = {}): Required<Pick<LocalTenantOptions, "createPages" | "onRun">> {
  const runs = createRunRecorder(capacity);
  return { onRun: runs.record, createPages: (tenant) => createConsole(tenant, { runs, createRedactor, ...options }) };
}
