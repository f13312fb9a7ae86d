import type { LocalTenantOptions } from "../../local/auth0/server.ts";
import { createConsole } from "../../local/console/create-console.ts";
import { createRunRecorder } from "../../local/console/runs/recorder.ts";
import { createRedactor } from "../../scripts/redaction/redact.ts";

/** What makes a local tenant one with a console. */
export function withConsole(capacity?: number): Required<Pick<LocalTenantOptions, "createPages" | "onRun">> {
  const runs = createRunRecorder(capacity);
  return { onRun: runs.record, createPages: (tenant) => createConsole(tenant, { runs, createRedactor }) };
}
