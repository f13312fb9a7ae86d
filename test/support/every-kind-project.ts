import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { LocalTenant, LocalTenantOptions } from "../../local/auth0/server.ts";
import { type Prepared, type ProjectOptions, prepareProject } from "../../scripts/deploy/prepare.ts";
import type { FaultProxy } from "../faults/fault-proxy.ts";
import { startProxiedTenant } from "../faults/proxied-tenant.ts";

const root = join(import.meta.dirname, "../..");
const support = join(import.meta.dirname, "every-kind");

/** What stands in every-kind/tenant.yaml and is not deployed: retired, or not to be compared by anybody. */
const LEFT_OUT = ["rules", "rulesConfigs", "hooks", "guardianFactorProviders", "clientAuthCredentials"];

export type Row = Record<string, unknown>;
export type EveryKind = Record<string, unknown>;

export interface EveryKindProject {
  readonly tenant: LocalTenant;
  readonly proxy: FaultProxy;
  readonly directory: string;
  /** For the commands. */
  readonly environment: Readonly<Record<string, string>>;
  /** Writes tenant.yaml with an entry of every kind that is deployed, and this change. */
  write(change?: (document: EveryKind) => void): EveryKind;
  /** Reads the project as it is on the disk by now. */
  prepare(options?: Partial<ProjectOptions>): Promise<Prepared>;
  close(): Promise<void>;
}

/** A document with an entry of every kind that is deployed; the files that it names are in every-kind/. */
export function readEveryKind(): EveryKind {
  const document = parse(readFileSync(join(support, "tenant.yaml"), "utf8")) as EveryKind;
  for (const section of LEFT_OUT) delete document[section];
  return document;
}

/** A project in a folder of its own whose tenant.yaml has one entry of every kind, and a tenant behind a proxy. */
export async function startEveryKindProject(options: Partial<LocalTenantOptions> = {}): Promise<EveryKindProject> {
  const { tenant, proxy, environment, close } = await startProxiedTenant(options);
  const directory = mkdtempSync(join(tmpdir(), "every-kind-"));
  cpSync(support, directory, { recursive: true });
  for (const file of ["package.json", "package-lock.json", "stripe.json"])
    cpSync(join(root, file), join(directory, file));
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
  return {
    tenant,
    proxy,
    directory,
    environment,
    write(change = () => {}) {
      const document = readEveryKind();
      change(document);
      writeFileSync(join(directory, "tenant.yaml"), stringify(document));
      return document;
    },
    prepare: (more = {}) => prepareProject({ directory, environment, retryPolicy: { pause: 10 }, ...more }),
    async close() {
      rmSync(directory, { recursive: true });
      await close();
    },
  };
}
