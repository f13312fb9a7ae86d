import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { LocalTenant } from "../../../local/auth0/server.ts";
import type { LogLine } from "../../../scripts/deploy/cli/log-lines.ts";
import { runDeployCli } from "../../../scripts/deploy/cli/run-deploy-cli.ts";
import { startChild } from "../../../scripts/deploy/cli/start-child.ts";
import { connectToTenant, type TenantConnection } from "../../../scripts/deploy/connect.ts";
import { readLiveTenant } from "../../../scripts/deploy/live/read-live-tenant.ts";
import { hideSecrets } from "../../../scripts/redaction/hidden-secrets.ts";
import { startTestTenant } from "../../support/local-tenant.ts";
import { checkSmallTenant, makeSmallTenant, SECRET_VALUE } from "./small-tenant.ts";

describe("the real Deploy CLI in its process", () => {
  let tenant: LocalTenant;
  let connection: TenantConnection;
  let small: ReturnType<typeof makeSmallTenant>;
  beforeAll(async () => {
    tenant = await startTestTenant();
    const { domain, clientId, clientSecret, caFile } = tenant;
    const ca = { file: caFile, pem: readFileSync(caFile, "utf8") };
    connection = await connectToTenant({ domain, clientId, clientSecret, ca });
    small = makeSmallTenant(mkdtempSync(join(tmpdir(), "deploy-cli-")));
  });
  afterAll(async () => {
    rmSync(small.directory, { recursive: true });
    await tenant.close();
  });

  async function deploy(document: Readonly<Record<string, unknown>>) {
    const lines: LogLine[] = [];
    const { domain, accessToken, caFile } = connection;
    const onProgress = (line: LogLine) => lines.push(line);
    const outcome = await runDeployCli({ document, domain, accessToken, caFile, onProgress }).then(
      (result) => ({ result, error: undefined }),
      (error: Error) => ({ result: undefined, error }),
    );
    return { ...outcome, lines, printed: `${lines.map(({ text }) => text).join("\n")}\n${outcome.error?.message}` };
  }

  test("writes an object to the tenant, without the 8 MB of schemas that the object has no use for", async () => {
    const { result, error, lines } = await deploy(small.document);
    expect(error).toBeUndefined();
    expect(lines.filter(({ level }) => level === "error")).toEqual([]);
    // With the full schema it says so, and takes 1.9 GB.
    expect(lines.filter(({ text }) => text.includes("full schema"))).toEqual([]);
    expect(result!.peakMemory).toBeLessThan(300e6);

    const live = await readLiveTenant(connection.management, connection.domain, small.document);
    checkSmallTenant(small, live);
    expect(live.role.map(({ permissions }) => permissions)).toEqual([small.document.roles[0]!.permissions]);
  });

  test("deletes nothing that the object does not name", async () => {
    const { error } = await deploy({ roles: [{ name: "other", description: "Another" }] });
    expect(error).toBeUndefined();
    expect(tenant.tenant.state.roles.values().map(({ name }) => name)).toEqual(["viewer", "other"]);
  });

  test("a database's script, which was read already, is not looked for as a file", async () => {
    const login = "function login(email, password, callback) {\n  callback(null, { email });\n}\n";
    const options = { enabledDatabaseCustomization: true, customScripts: { login } };
    const { error } = await deploy({ databases: [{ name: "people", strategy: "auth0", options }] });
    expect(error).toBeUndefined();
    const people = tenant.tenant.state.connections.values().find(({ name }) => name === "people");
    expect(people).toMatchObject({ options: { customScripts: { login } } });
  });

  test("a field that Auth0 does not have is named, and a secret beside it is not printed", async () => {
    hideSecrets([SECRET_VALUE]);
    // The Deploy CLI's message repeats the name of the role that was refused.
    const { error, printed } = await deploy({ roles: [{ name: SECRET_VALUE, colour: "red" }] });
    expect(error).toMatchObject({ code: "DEPLOY_REFUSED", exitCode: 1, message: expect.stringContaining("colour") });
    expect(printed).toContain("[redacted]");
    expect(printed).not.toContain(SECRET_VALUE);
    expect(printed).not.toContain(JSON.stringify(SECRET_VALUE).slice(1, -1));
  });

  test("does not go on without its parent", async () => {
    const { domain, accessToken, caFile } = connection;
    const child = await startChild(caFile);
    const ended = once(child, "exit");
    const { directory, document } = small;
    child.send({ document, directory, domain, accessToken });
    child.stdout!.once("data", () => child.disconnect());
    await expect(ended).resolves.toEqual([1, null]);
  });

  test("an answer that never comes to be, because the tenant is gone, is an error at once", async () => {
    const gone = { ...connection, domain: "localhost:1" };
    const run = runDeployCli({
      document: { roles: [] },
      ...gone,
      onProgress: () => {},
    });
    await expect(run).rejects.toMatchObject({ code: "DEPLOY_CONNECTION_LOST", exitCode: 1 });
  });
});
