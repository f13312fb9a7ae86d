import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LocalTenant } from "../../../local/auth0/server.ts";
import { adoptTenant, type TenantAdoptOptions } from "../../../scripts/adopt/adopt-tenant.ts";
import type { Adoption } from "../../../scripts/adopt/report.ts";
import { deployProject, planProject } from "../../../scripts/deploy/deploy-project.ts";
import type { Plan } from "../../../scripts/deploy/plan/change.ts";
import { prepareProject } from "../../../scripts/deploy/prepare.ts";
import { DEPLOYED_SECTIONS } from "../../../scripts/tenant/sections.ts";
import { type FaultProxy, isWrite, kindOf } from "../../faults/fault-proxy.ts";
import { startProxiedTenant } from "../../faults/proxied-tenant.ts";
import { createSend, type Send } from "./populate.ts";

const root = join(import.meta.dirname, "../../..");

type Values = Readonly<Record<string, string>>;

/** A tenant, every request counted, and projects into which it is adopted. */
export interface TenantToAdopt {
  readonly tenant: LocalTenant;
  readonly proxy: FaultProxy;
  /** To the Management API. */
  readonly send: Send;
  readonly environment: Values;
  /** A project that has nothing but these files. */
  makeProject(files?: Values): string;
  adopt(directory: string, options?: Partial<TenantAdoptOptions>): Promise<Adoption>;
  plan(directory: string, values?: Values, environmentName?: string): Promise<Plan>;
  /** What was written to the tenant, as `PATCH clients/:id`. */
  deploy(directory: string, values?: Values, environmentName?: string): Promise<readonly string[]>;
  /** The number of the version that is live of each Action. */
  versions(): Promise<Readonly<Record<string, unknown>>>;
  close(): Promise<void>;
}

export async function startTenantToAdopt(
  populate: (send: Send, tenant: LocalTenant) => Promise<void>,
): Promise<TenantToAdopt> {
  const { tenant, proxy, environment, close } = await startProxiedTenant();
  const send = await createSend(tenant);
  await populate(send, tenant);
  const folders: string[] = [];
  const prepare = (directory: string, values: Values = environment, environmentName?: string) =>
    prepareProject({ directory, environment: values, environmentName, retryPolicy: { pause: 10 } });
  return {
    tenant,
    proxy,
    send,
    environment,
    makeProject(files = {}) {
      const directory = mkdtempSync(join(tmpdir(), "adopt-"));
      folders.push(directory);
      for (const file of ["package.json", "package-lock.json"]) cpSync(join(root, file), join(directory, file));
      symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
      for (const [file, text] of Object.entries({ "stripe.json": '{ "scopes": [] }', ...files }))
        writeFileSync(join(directory, file), text);
      return directory;
    },
    adopt: (directory, options = {}) =>
      adoptTenant({ directory, environment, sections: DEPLOYED_SECTIONS, retryPolicy: { pause: 10 }, ...options }),
    plan: async (...project) => (await planProject(await prepare(...project))).plan,
    async deploy(...project) {
      const before = proxy.seen.length;
      await deployProject({ prepared: await prepare(...project), confirm: async () => true, onProgress: () => {} });
      return proxy.seen.slice(before).filter(isWrite).map(kindOf);
    },
    async versions() {
      const { actions } = await send("GET", "/actions/actions?per_page=100");
      const rows = actions as { name: string; deployed_version?: { number: number } }[];
      return Object.fromEntries(rows.map(({ name, deployed_version }) => [name, deployed_version?.number]));
    },
    async close() {
      for (const folder of folders) rmSync(folder, { recursive: true });
      await close();
    },
  };
}

/** Every file of a project but for packages, with what is in it. */
export function readFiles(directory: string): ReadonlyMap<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.includes("node_modules") && !path.endsWith("package-lock.json"))
      .map((path) => [path.slice(directory.length + 1), readFileSync(path, "utf8")]),
  );
}

export function editFile(directory: string, file: string, from: string | RegExp, to: string): void {
  const path = join(directory, file);
  const text = readFileSync(path, "utf8");
  const edited = text.replace(from, to);
  if (edited === text) throw new Error(`${file} does not have ${from}`);
  writeFileSync(path, edited);
}

/** Parts of the values of the secrets that populate.ts and test/support/every-kind give a tenant. */
const SECRETS = [
  "that-is-searched-for",
  "oidc-secret",
  "smtp-secret",
  "phone-token",
  "log-secret",
  "vault-secret",
  "stream-secret",
];

/** Where a secret stands: names of texts. */
export const listLeaks = (texts: Iterable<readonly [name: string, text: string]>): readonly string[] =>
  [...texts].flatMap(([name, text]) =>
    SECRETS.filter((secret) => text.includes(secret)).map((secret) => `${name}: ${secret}`),
  );
