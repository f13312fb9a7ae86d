import type { LocalTenantOptions } from "../../local/auth0/server.ts";
import { type ConsoleOptions, createConsole } from "../../local/console/create-console.ts";
import { createMailbox } from "../../local/console/mailbox/mailbox.ts";
import { createRunRecorder } from "../../local/console/runs/recorder.ts";
import { createRedactor } from "../../scripts/redaction/redact.ts";

export interface TestConsole extends Partial<Omit<ConsoleOptions, "runs">> {
  readonly capacity?: number;
}

/** What makes a local tenant one with a console. */
export function withConsole({
  capacity,
  ...options
}: TestConsole = {}): Required<Pick<LocalTenantOptions, "createPages" | "onMessage" | "onRun">> {
  const runs = createRunRecorder(capacity);
  const mailbox = createMailbox();
  return {
    onRun: runs.record,
    onMessage: mailbox.receive,
    createPages: (tenant) => createConsole(tenant, { runs, mailbox, createRedactor, ...options }),
  };
}
