import type { LocalTenant } from "../../../local/auth0/server.ts";
import { type FaultProxy, startFaultProxy } from "../../faults/fault-proxy.ts";
import { startTestTenant } from "../../support/local-tenant.ts";
import { makeProject, type ProjectCopy } from "../../support/project-copy.ts";
import { spawnScript } from "../../support/spawn-script.ts";

const tenantYaml = (lifetime: number): string => `
tenant:
  friendly_name: "##FRIENDLY_NAME##"
resourceServers:
- name: API
  identifier: https://api.example/
  token_lifetime: ${lifetime}
  scopes: [{ value: "get:x", description: x }]
clients:
- { name: Worker, app_type: non_interactive, description: "##FRIENDLY_NAME##" }
roles:
- { name: editor, description: Edits for ${lifetime} }
actions:
- name: greet
  code: ./dist/actions/greet.js
  runtime: node22
  deployed: true
  supported_triggers: [{ id: post-login, version: v3 }]
  secrets: [{ name: KEY, value: "@@GREET_KEY@@" }]
triggers:
  post-login: [{ action_name: greet, display_name: greet }]
# Of the copy, these wait: add-email-claim, filter-scopes, require-organization-subscription, require-subscription,
# require-verified-email, sync-stripe-customer.
`;

const actionOf = (lifetime: number): string => `
export const onExecutePostLogin = async (): Promise<void> => console.log("${lifetime}");
`;

export const secretOf = (name: string): string => `secret-of-${name}-which-is-its-own`;
export const friendlyNameOf = (name: string): string => `Friends of ${name}`;

export interface Environments {
  readonly project: ProjectCopy;
  readonly tenants: ReadonlyMap<string, LocalTenant>;
  /** Before each tenant that was asked to have one. */
  readonly proxies: ReadonlyMap<string, FaultProxy>;
  /** Another lifetime of tokens, another description of a role, another line in an Action. */
  change(lifetime: number): void;
  /** What is live of the last change, for each environment: undefined for what was never deployed. */
  readLifetimes(): Readonly<Record<string, number | undefined>>;
  /** How many writes each tenant has seen, of all sorts. */
  countWrites(): Readonly<Record<string, number>>;
  run(command: string, ...args: readonly string[]): Promise<Run>;
  start(command: string, ...args: readonly string[]): ReturnType<typeof spawnScript>;
  writeEnvironment(name: string, change?: Readonly<Record<string, string>>): void;
  close(): Promise<void>;
}

interface Run {
  readonly code: number | string;
  readonly out: string;
  readonly err: string;
}

/** A small project with an environment for each name, and a tenant for each environment. */
export async function startEnvironments(
  names: readonly string[],
  proxied: readonly string[] = [],
): Promise<Environments> {
  const project = makeProject({ "tenant.yaml": tenantYaml(60), "actions/greet/action.ts": actionOf(60) });
  const proxies = new Map<string, FaultProxy>();
  const tenants = new Map<string, LocalTenant>();
  for (const name of names) {
    const proxy = proxied.includes(name) ? await startFaultProxy() : undefined;
    const tenant = await startTestTenant(proxy && { domain: proxy.domain });
    tenants.set(name, tenant);
    if (proxy === undefined) continue;
    proxy.forwardTo(tenant.port);
    proxies.set(name, proxy);
  }
  const start = (command: string, ...args: readonly string[]) => spawnScript(command, args, {}, project.directory);
  const perTenant = <T>(read: (tenant: LocalTenant) => T): Readonly<Record<string, T>> =>
    Object.fromEntries([...tenants].map(([name, tenant]) => [name, read(tenant)]));

  function writeEnvironment(name: string, change: Readonly<Record<string, string>> = {}): void {
    const tenant = tenants.get(name);
    const values = {
      AUTH0_DOMAIN: proxies.get(name)?.domain ?? tenant?.domain ?? "",
      AUTH0_CLIENT_ID: tenant?.clientId ?? "",
      AUTH0_CLIENT_SECRET: tenant?.clientSecret ?? "",
      AUTH0_CA_FILE: tenant?.caFile ?? "",
      FRIENDLY_NAME: friendlyNameOf(name),
      GREET_KEY: secretOf(name),
      ...change,
    };
    const lines = Object.entries(values).map(([variable, value]) => `${variable}="${value}"\n`);
    project.write(`environments/${name}.env`, lines.join(""));
  }
  for (const name of names) writeEnvironment(name);

  return {
    project,
    tenants,
    proxies,
    start,
    writeEnvironment,
    async run(command, ...args) {
      const script = start(command, ...args);
      return { code: await script.ended, out: script.stdout(), err: script.stderr() };
    },
    change(lifetime) {
      project.write("tenant.yaml", tenantYaml(lifetime));
      project.write("actions/greet/action.ts", actionOf(lifetime));
    },
    readLifetimes: () =>
      perTenant(({ tenant }) => {
        const api = tenant.state.resourceServers.find(({ identifier }) => identifier === "https://api.example/");
        return api?.token_lifetime as number | undefined;
      }),
    countWrites: () => perTenant(({ tenant }) => tenant.logs.entries().filter(({ type }) => type === "sapi").length),
    async close() {
      for (const tenant of tenants.values()) await tenant.close();
      for (const proxy of proxies.values()) await proxy.close();
      project.remove();
    },
  };
}

/** The table at the end, a row an environment: `t01 deployed 3 0`. */
export function readTable(out: string): Readonly<Record<string, string>> {
  const [header = "", ...lines] = out.slice(out.lastIndexOf("ENVIRONMENT ")).trimEnd().split("\n");
  const starts = [...header.matchAll(/\S+(?: \S+)*/g)].map(({ index }) => index);
  const rows: string[][] = [];
  for (const line of lines) {
    const cells = starts.map((start, column) => line.slice(start, starts[column + 1]).trim());
    // A line without a name goes on with the cells of the one before: they were too long for it.
    const before = cells[0] === "" ? rows.pop() : undefined;
    rows.push(before === undefined ? cells : before.map((cell, column) => `${cell} ${cells[column]}`.trim()));
  }
  return Object.fromEntries(rows.map(([name = "", , ...cells]) => [name, cells.join(" ").replace(/ +/g, " ")]));
}
