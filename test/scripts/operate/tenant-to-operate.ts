import { readFileSync } from "node:fs";
import type { ManagementClient } from "auth0";
import type { LocalTenant } from "../../../local/auth0/server.ts";
import { connectToTenant } from "../../../scripts/deploy/connect.ts";
import type { LiveTenant } from "../../../scripts/deploy/kinds/live-tenant.ts";
import { readLiveTenant } from "../../../scripts/deploy/live/read-live-tenant.ts";
import { startTestTenant } from "../../support/local-tenant.ts";
import { until } from "../../support/until.ts";

export const OURS = ["first", "second", "third"];

export const codeOf = (name: string, version: number): string =>
  `exports.onExecutePostLogin = async () => { console.log("${name} ${version}"); };\n`;

/** A tenant in which OURS are live in their first version, and bound in that order. */
export interface TenantToOperate {
  readonly tenant: LocalTenant;
  readonly management: ManagementClient;
  readLive(): Promise<LiveTenant>;
  /** The live code of each Action. */
  readCodes(): Promise<Readonly<Record<string, string | undefined>>>;
  /** How many writes the tenant has logged. */
  countWrites(): number;
  /** Deploys this version of the Action's code by hand. */
  put(name: string, version: number): Promise<void>;
  bind(names: readonly string[]): Promise<unknown>;
}

export async function startTenantToOperate(): Promise<TenantToOperate> {
  const tenant = await startTestTenant({
    actionBuilds: { pendingFor: 1, buildingFor: 1, retryingFor: 1, deployingFor: 1 },
  });
  const { domain, clientId, clientSecret, caFile: file } = tenant;
  const ca = { file, pem: readFileSync(file, "utf8") };
  const { management } = await connectToTenant({ domain, clientId, clientSecret, ca });
  const { actions } = management;
  const readLive = () => readLiveTenant(management, domain, {});
  const operated: TenantToOperate = {
    tenant,
    management,
    readLive,
    readCodes: async () => Object.fromEntries((await readLive()).action.map(({ name, live }) => [name, live?.code])),
    countWrites: () => tenant.tenant.logs.entries().filter(({ type }) => type === "sapi").length,
    async put(name, version) {
      const code = codeOf(name, version);
      const existing = (await readLive()).action.find((action) => action.name === name)?.id;
      const id =
        existing ??
        (await actions.create({ name, code, supported_triggers: [{ id: "post-login", version: "v3" }] })).id ??
        "";
      if (existing !== undefined) await actions.update(id, { code });
      await until(async () => (await actions.get(id)).status === "built");
      await actions.deploy(id);
      await until(async () => (await actions.get(id)).deployed_version?.code === code);
    },
    bind: (names) =>
      actions.triggers.bindings.updateMany("post-login", {
        bindings: names.map((name) => ({ ref: { type: "action_name", value: name }, display_name: `${name} shown` })),
      }),
  };
  for (const name of OURS) await operated.put(name, 1);
  await operated.bind(OURS);
  return operated;
}
