import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { runDeployCli } from "../../../scripts/deploy/cli/run-deploy-cli.ts";
import { connectToTenant } from "../../../scripts/deploy/connect.ts";
import { readLiveTenant } from "../../../scripts/deploy/live/read-live-tenant.ts";
import { environmentOf } from "../../../scripts/local/environment-of.ts";
import { localDirectory } from "../../support/local-tenant.ts";
import { type Script, spawnScript } from "../../support/spawn-script.ts";
import { checkSmallTenant, makeSmallTenant } from "./small-tenant.ts";

interface Access {
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly caFile: string;
}

describe("a deploy that is cut short", () => {
  let directory: string;
  const running = new Set<Script>();
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "cut-short-"));
    for (const part of ["keys", "tls"]) cpSync(join(localDirectory, part), join(directory, part), { recursive: true });
  });
  afterEach(async () => {
    for (const script of running) script.process.kill("SIGKILL");
    await Promise.all([...running].map(({ ended }) => ended));
    running.clear();
    rmSync(directory, { recursive: true });
  });

  async function startTenant(): Promise<{ script: Script; access: Access }> {
    const script = spawnScript("local", ["--json", "--port", "0", "--directory", directory]);
    running.add(script);
    await script.said(/\n/);
    return { script, access: JSON.parse(script.stdout()) as Access };
  }
  function startDeploy(access: Access, change: Record<string, string> = {}): Script {
    const script = spawnScript("deploy", [], {
      ...parseEnv(readFileSync(join(import.meta.dirname, "../../../.env.example"), "utf8")),
      ...environmentOf(access),
      SESSION_TOKEN_SECRET: "a-session-secret-that-is-searched-for",
      STRIPE_SECRET_KEY: "rk_test_that_is_searched_for",
      ...change,
    });
    running.add(script);
    return script;
  }

  test("by a kill -9 of the local tenant: after its restart the same deploy ends right", async () => {
    const small = makeSmallTenant(join(directory, "project"));
    async function deploy({ domain, clientId, clientSecret, caFile }: Access, onCreated: () => void) {
      const ca = { file: caFile, pem: readFileSync(caFile, "utf8") };
      const connection = await connectToTenant({ domain, clientId, clientSecret, ca });
      const { accessToken, management } = connection;
      const onProgress = ({ text }: { readonly text: string }) => {
        if (text.startsWith("Created [actions]")) onCreated();
      };
      await runDeployCli({ ...small, domain, accessToken, caFile, onProgress });
      return readLiveTenant(management, domain, small.document);
    }

    const first = await startTenant();
    const cut = deploy(first.access, () => first.script.process.kill("SIGKILL"));
    await expect(cut).rejects.toMatchObject({ code: "DEPLOY_CONNECTION_LOST", exitCode: 1 });
    await first.script.ended;

    const second = await startTenant();
    const live = await deploy(second.access, () => {});
    checkSmallTenant(small, live);
    // Nothing twice: names of clients are not unique at Auth0, so a careless second deploy would show here.
    expect(live.client.filter(({ name }) => name === "SPA")).toHaveLength(1);
    expect(live.action).toHaveLength(2);
    expect(live.role.map(({ permissions }) => permissions)).toEqual([small.document.roles[0]!.permissions]);
  });

  test("by SIGTERM: it says so, and no secret is in what it printed", async () => {
    const { access } = await startTenant();
    const deploy = startDeploy(access);
    await deploy.said(/created database /);
    deploy.process.kill("SIGTERM");
    await expect(deploy.ended).resolves.toBe(143);
    expect(deploy.stderr()).toMatch(/interrupted[\s\S]*DEPLOY_INTERRUPTED/);
    for (const secret of [access.clientSecret, "a-session-secret-that-is", "rk_test_that_is"]) {
      expect(deploy.stdout() + deploy.stderr()).not.toContain(secret);
    }
  });

  test("before it began, by a wrong secret: exit 1, the reason, and nothing was written", async () => {
    const { access } = await startTenant();
    const deploy = startDeploy(access, { AUTH0_CLIENT_SECRET: "not-the-secret" });
    await expect(deploy.ended).resolves.toBe(1);
    expect(deploy.stderr()).toMatch(/AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET[\s\S]*DEPLOY_CREDENTIALS_REFUSED/);
    expect(deploy.stdout() + deploy.stderr()).not.toContain("not-the-secret");
    expect(deploy.stdout()).not.toContain("created");
  });

  test("before it began, without any variable: exit 2, all their names, and the way to the rehearsal", async () => {
    // An empty value in the process's environment wins over a developer's own .env.
    const names = ["AUTH0_DOMAIN", "AUTH0_CLIENT_ID", "AUTH0_CLIENT_SECRET", "API_IDENTIFIER", "STRIPE_SECRET_KEY"];
    const deploy = spawnScript("deploy", [], Object.fromEntries(names.map((name) => [name, ""])));
    running.add(deploy);
    await expect(deploy.ended).resolves.toBe(2);
    for (const name of names) expect(deploy.stderr()).toContain(name);
    expect(deploy.stderr()).toMatch(/npm run rehearse[\s\S]*DEPLOY_VARIABLES_MISSING/);
  });
});
