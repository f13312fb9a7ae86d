import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import type { LocalTenant } from "../../local/auth0/server.ts";
import { buildProject } from "../../scripts/build/build-project.ts";
import { fillKeywords } from "../../scripts/tenant/keywords.ts";
import { readTenant } from "../../scripts/tenant/read-tenant.ts";
import { startTestTenant } from "../support/local-tenant.ts";
import { spawnScript } from "../support/spawn-script.ts";

const root = join(import.meta.dirname, "../..");
const example = parseEnv(readFileSync(join(root, ".env.example"), "utf8")) as Record<string, string>;

interface Named {
  readonly name: string;
  readonly [field: string]: unknown;
}
type Exported = Readonly<Record<string, readonly Named[]>> & {
  readonly triggers: Readonly<Record<string, unknown>>;
  readonly tenant: Readonly<Record<string, unknown>>;
};

/** The Deploy CLI as anybody installs it: no wrapper of ours, no slimmed schema. */
describe("npx a0deploy", () => {
  let tenant: LocalTenant;
  let folder: string;
  beforeAll(async () => {
    tenant = await startTestTenant();
    folder = mkdtempSync(join(tmpdir(), "a0deploy-"));
    const build = spawnScript("build", []);
    expect(await build.ended).toBe(0);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await tenant.close();
  });

  async function run(...args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
    const child = spawn(process.execPath, [join(root, "node_modules/auth0-deploy-cli/lib/index.js"), ...args], {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        ...example,
        AUTH0_DOMAIN: tenant.domain,
        AUTH0_CLIENT_ID: tenant.clientId,
        AUTH0_CLIENT_SECRET: tenant.clientSecret,
        NODE_EXTRA_CA_CERTS: tenant.caFile,
        AUTH0_INCLUDED_ONLY: JSON.stringify([
          "tenant",
          "resourceServers",
          "clients",
          "clientGrants",
          "roles",
          "databases",
          "actions",
          "triggers",
        ]),
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        output += chunk;
      });
    }
    const [code] = (await once(child, "close")) as [number];
    return { code, output };
  }

  test("imports tenant.yaml twice in a row, and exports the same resources", async () => {
    for (const time of [1, 2]) {
      const { code, output } = await run("import", "-i", "tenant.yaml");
      expect({ time, code, output }).toMatchObject({ code: 0, output: expect.stringContaining("Import Successful") });
    }
    const { code, output } = await run("export", "--format=yaml", `--output_folder=${folder}`);
    expect({ code, output }).toMatchObject({ code: 0 });

    const environment = { ...example, AUTH0_DOMAIN: tenant.domain };
    const tenantFile = await readTenant(join(root, "tenant.yaml"));
    const written = fillKeywords(tenantFile, environment).document as unknown as Exported;
    const exported = parse(readFileSync(join(folder, "tenant.yaml"), "utf8")) as Exported;
    expect(exported.triggers).toEqual(expect.objectContaining(written.triggers));
    // tenant.yaml is read in minutes, as the Deploy CLI sends them, and exported in hours.
    const { session_lifetime_in_minutes, idle_session_lifetime_in_minutes, ...settings } = written.tenant;
    expect(exported.tenant).toMatchObject({
      ...settings,
      session_lifetime: Number(session_lifetime_in_minutes) / 60,
      idle_session_lifetime: Number(idle_session_lifetime_in_minutes) / 60,
    });
    for (const type of ["resourceServers", "clients", "databases", "roles"] as const) {
      expect(written[type]?.length).toBeGreaterThan(0);
      for (const one of written[type] ?? []) {
        const found = exported[type]?.find(({ name }) => name === one.name);
        expect(sorted(found)).toMatchObject(sorted(one) as object);
      }
    }
    expect(exported.roles?.length).toBe(written.roles?.length);
    const grants = written.clientGrants?.map((grant) => expect.objectContaining(sorted(grant) as Named)) ?? [];
    expect(exported.clientGrants).toHaveLength(grants.length);
    expect(sorted(exported.clientGrants)).toEqual(expect.arrayContaining(grants));

    const { actions } = await buildProject(root, environment);
    expect(exported.actions?.map(({ name }) => name).sort()).toEqual(actions.map(({ name }) => name).sort());
    for (const { name, code: bundle } of actions) {
      expect(readFileSync(join(folder, "actions", name, "code.js"), "utf8")).toBe(bundle);
    }
  });
});

/** Lists of scopes, permissions and clients are sets: the export has an order of its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted).sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, one]) => [key, sorted(one)] as const)
      .sort(([a], [b]) => a.localeCompare(b)),
  );
}
