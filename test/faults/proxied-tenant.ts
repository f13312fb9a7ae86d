import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import type { LocalTenant, LocalTenantOptions } from "../../local/auth0/server.ts";
import { environmentOf } from "../../scripts/local/environment-of.ts";
import { startTestTenant } from "../support/local-tenant.ts";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.ts";

/** A tenant that is reached through a proxy alone, which goes by its name. */
export interface ProxiedTenant {
  readonly tenant: LocalTenant;
  readonly proxy: FaultProxy;
  /** By which commands reach it. */
  readonly environment: ReturnType<typeof environmentOf>;
  close(): Promise<void>;
}

export async function startProxiedTenant(options: Partial<LocalTenantOptions> = {}): Promise<ProxiedTenant> {
  const proxy = await startFaultProxy();
  const tenant = await startTestTenant({ ...options, domain: proxy.domain });
  proxy.forwardTo(tenant.port);
  return {
    tenant,
    proxy,
    environment: environmentOf({ ...tenant, domain: proxy.domain }),
    async close() {
      await tenant.close();
      await proxy.close();
    },
  };
}

/** What .env.example gives the project's own Actions. */
export const readExampleEnvironment = (): Readonly<Record<string, string>> =>
  parseEnv(readFileSync(join(import.meta.dirname, "../../.env.example"), "utf8")) as Record<string, string>;
