import type { Hono } from "hono";
import type { Tenant } from "../auth0/tenant.ts";
import { type CreateRedactor, createHide } from "./hide-secrets.ts";
import { createLoginPage } from "./logins/login-page.ts";
import { createLoginsPage } from "./logins/logins-page.ts";
import { createLoginsStream } from "./logins/logins-stream.ts";
import type { RunRecorder } from "./runs/recorder.ts";
import { servePages } from "./serving/serve-pages.ts";

export interface ConsoleOptions {
  readonly runs: RunRecorder;
  readonly createRedactor: CreateRedactor;
}

/** What a person looks at: it shows what the tenant knows, and knows nothing of its own but the runs that it was told of. */
export function createConsole(tenant: Tenant, { runs, createRedactor }: ConsoleOptions): Hono {
  return servePages({
    tenant,
    hide: createHide(tenant.state, createRedactor),
    pages: [createLoginsPage("/", runs), createLoginsPage("/console/logins", runs), createLoginPage(runs)],
    forms: [],
    streams: [createLoginsStream(runs)],
  });
}
