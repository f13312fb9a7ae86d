import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import type { LocalTenant } from "../../local/auth0/server.ts";
import { type Deployment, deployProject } from "../../scripts/deploy/deploy-project.ts";
import type { LiveTenant } from "../../scripts/deploy/live/live-tenant.ts";
import { readLiveTenant } from "../../scripts/deploy/live/read-live-tenant.ts";
import type { Prepared } from "../../scripts/deploy/prepare.ts";
import { prepareProject } from "../../scripts/deploy/prepare.ts";
import { unsealCode } from "../../scripts/deploy/seal.ts";
import { startTestTenant } from "../support/local-tenant.ts";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.ts";

const directory = join(import.meta.dirname, "../..");
/** A hanging answer is given up after this, not after 5 s: there are many of them here. */
const TIMEOUT_MS = 400;

export interface FaultyTenant {
  readonly proxy: FaultProxy;
  readonly tenant: LocalTenant;
  /** The project as it is in this checkout, ready to be deployed here. */
  prepare(): Promise<Prepared>;
  deploy(prepared: Prepared): Promise<Deployment>;
  read(prepared: Prepared): Promise<LiveTenant>;
  close(): Promise<void>;
}

export async function startFaultyTenant(): Promise<FaultyTenant> {
  const proxy = await startFaultProxy();
  const tenant = await startTestTenant({
    domain: proxy.domain,
    actionBuilds: { pendingFor: 1, buildingFor: 3, retryingFor: 2, deployingFor: 1 },
  });
  proxy.forwardTo(tenant.port);
  const example = parseEnv(await readFile(join(directory, ".env.example"), "utf8"));
  const environment = {
    ...(example as Record<string, string>),
    AUTH0_DOMAIN: proxy.domain,
    AUTH0_CLIENT_ID: tenant.clientId,
    AUTH0_CLIENT_SECRET: tenant.clientSecret,
    NODE_EXTRA_CA_CERTS: tenant.caFile,
  };
  return {
    proxy,
    tenant,
    prepare: () => prepareProject({ directory, environment, patience: { timeout: TIMEOUT_MS } }),
    deploy: (prepared) => deployProject({ prepared, confirm: async () => true, onProgress: () => {} }),
    read: ({ connection, desired }) => readLiveTenant(connection.management, connection.domain, desired.document),
    async close() {
      await tenant.close();
      await proxy.close();
    },
  };
}

/** What logins and operators see of a tenant, without ids, dates and version numbers. */
export function describeLive(live: LiveTenant): string {
  const clientName = (id: string) => live.clients.find((client) => client.id === id)?.name ?? id;
  return JSON.stringify(
    {
      settings: live.settings.friendly_name,
      apis: live.apis.map(({ identifier, fields }) => [identifier, fields.scopes, fields.token_lifetime]),
      clients: live.clients.map(({ name, fields }) => [name, fields.callbacks]).sort(),
      grants: live.clientGrants.map(({ clientId, audience, scope }) => [clientName(clientId), audience, scope]).sort(),
      roles: live.roles
        .map(({ name, fields, permissions }) => [
          name,
          fields.description,
          permissions.map(({ permission_name }) => permission_name).sort(),
        ])
        .sort(),
      databases: live.databases.map(({ name, fields, enabledClientIds }) => [
        name,
        fields.options,
        enabledClientIds.map(clientName),
      ]),
      actions: live.actions
        .map(({ name, live: version }) => [name, version && unsealCode(version.code), version?.dependencies])
        .map(([name, sealed, dependencies]) => [
          name,
          (sealed as { code: string }).code,
          (sealed as { seal?: { secrets: string } }).seal?.secrets,
          dependencies,
        ])
        .sort(),
      flow: (live.bindings["post-login"] ?? []).map(({ actionName }) => actionName),
    },
    undefined,
    1,
  );
}
