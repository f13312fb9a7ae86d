import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { LocalTenant } from "../../../local/auth0/server.ts";
import { connectToTenant } from "../../../scripts/deploy/connect.ts";
import { type FaultProxy, startFaultProxy } from "../../faults/fault-proxy.ts";
import { localDirectory, startTestTenant } from "../../support/local-tenant.ts";

describe("connecting to a tenant", () => {
  let tenant: LocalTenant;
  let noTenant: Server;
  beforeAll(async () => {
    tenant = await startTestTenant();
    const tls = (file: string) => readFileSync(join(localDirectory, "tls", file));
    noTenant = createServer({ cert: tls("tenant.crt"), key: tls("tenant.key") }, (_request, response) => {
      response
        .writeHead(403, { "content-type": "text/html" })
        .end(`<html><title>Attention required</title>${"<p>x</p>".repeat(1000)}`);
    });
    await new Promise<void>((resolve) => noTenant.listen(0, "127.0.0.1", resolve));
  });
  afterAll(async () => {
    await tenant.close();
    await new Promise((resolve) => noTenant.close(resolve));
  });

  const access = () => ({
    domain: tenant.domain,
    clientId: tenant.clientId,
    clientSecret: tenant.clientSecret,
    ca: { file: tenant.caFile, pem: readFileSync(tenant.caFile, "utf8") },
  });

  test("gives the SDK a client that trusts the tenant's authority, which this process does not", async () => {
    await expect(fetch(`https://${tenant.domain}/`)).rejects.toThrow("fetch failed");
    const { management } = await connectToTenant(access());
    await expect(management.tenants.settings.get()).resolves.toMatchObject({ session_lifetime: 168 });
  });

  test.each<[string, () => Partial<ReturnType<typeof access>> | { ca: undefined }, string, RegExp]>([
    ["a wrong secret", () => ({ clientSecret: "wrong-secret" }), "DEPLOY_CREDENTIALS_REFUSED", /AUTH0_CLIENT_SECRET/],
    ["an unknown client", () => ({ clientId: "unknown" }), "DEPLOY_CREDENTIALS_REFUSED", /AUTH0_CLIENT_ID/],
    ["a port where nobody listens", () => ({ domain: "localhost:1" }), "DEPLOY_UNREACHABLE", /npm run local/],
    [
      "a host that is not a tenant",
      () => ({ domain: portOf(noTenant) }),
      "DEPLOY_UNREACHABLE",
      /^localhost:\d+ answered a token request with 403 and the content type text\/html \("Attention required"\), as no tenant does\. Check AUTH0_DOMAIN[^<]*$/,
    ],
    ["a certificate that nobody vouches for", () => ({ ca: undefined }), "DEPLOY_NOT_TRUSTED", /AUTH0_CA_FILE/],
  ])("%s ends it with a code and advice, and without the secret", async (_name, change, code, advice) => {
    const error: unknown = await connectToTenant({ ...access(), ...change() }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code, exitCode: 1, message: expect.stringMatching(advice) });
    expect(String(error)).not.toContain("wrong-secret");
    expect(String(error)).not.toContain(tenant.clientSecret);
  });

  test("an audience that the tenant does not know is said in its own words, with the variable that names it", async () => {
    const refusal = connectToTenant({ ...access(), ...{ audience: "https://login.example.com/api/v2/" } });
    await expect(refusal).rejects.toMatchObject({
      code: "DEPLOY_NOT_AUTHORIZED",
      message: expect.stringMatching(
        /Service not enabled within domain: https:\/\/login\.example\.com\/api\/v2\/.*AUTH0_AUDIENCE/s,
      ),
    });
  });

  test("a client without a grant for the Management API learns that this is what it lacks", async () => {
    const { state } = tenant.tenant;
    const grant = state.clientGrants.find((candidate) => candidate.client_id === tenant.clientId);
    state.clientGrants.delete(grant!.id);
    const refusal = connectToTenant(access());
    await expect(refusal).rejects.toMatchObject({ code: "DEPLOY_NOT_AUTHORIZED", exitCode: 1 });
    state.clientGrants.set(grant!.id, grant!);
  });
});

describe("a token that ends in the middle of the work", () => {
  let tenant: LocalTenant;
  let proxy: FaultProxy;
  let ended: Set<string>;
  /** Two tokens of one second would be the same. */
  let now: number;
  beforeEach(async () => {
    proxy = await startFaultProxy();
    now = Date.now();
    tenant = await startTestTenant({ domain: proxy.domain, clock: () => now });
    proxy.forwardTo(tenant.port);
    ended = new Set();
    const body = JSON.stringify({ statusCode: 401, error: "Unauthorized", message: "Expired token received" });
    proxy.answerWith(({ authorization }) => (ended.has(authorization) ? { status: 401, body } : undefined));
  });
  afterEach(async () => {
    await tenant.close();
    await proxy.close();
  });

  const connect = () => {
    const { domain, clientId, clientSecret, caFile: file } = tenant;
    return connectToTenant({ domain, clientId, clientSecret, ca: { file, pem: readFileSync(file, "utf8") } });
  };
  const tokens = () => proxy.seen.filter(({ path }) => path === "/oauth/token").length;

  test("is followed by a new one, asked for once, for reads and writes alike, twice", async () => {
    const connection = await connect();
    const { management } = connection;
    for (const name of ["one", "two"]) {
      const before = connection.accessToken;
      ended.add(`Bearer ${before}`);
      now += 1000;
      const [role, settings] = await Promise.all([
        management.roles.create({ name }),
        management.tenants.settings.get(),
        management.roles.list(),
      ]);
      expect(role).toMatchObject({ name });
      expect(settings).toMatchObject({ session_lifetime: 168 });
      expect(connection.accessToken).not.toBe(before);
    }
    expect(tokens()).toBe(3);
    expect((await management.roles.list()).data.map(({ name }) => name).sort()).toEqual(["one", "two"]);
  });

  test("is not asked for again and again where every token is refused", async () => {
    const { management } = await connect();
    proxy.answerWith(({ path }) => (path === "/oauth/token" ? undefined : { status: 401, body: "{}" }));
    await expect(management.tenants.settings.get()).rejects.toMatchObject({ statusCode: 401 });
    expect(tokens()).toBe(1);
  });

  test("says what is wrong when there is no new one", async () => {
    const { management, accessToken } = await connect();
    ended.add(`Bearer ${accessToken}`);
    const refused = { status: 401, body: '{"error":"access_denied"}' };
    proxy.answerWith(({ path, authorization }) =>
      path === "/oauth/token" || ended.has(authorization) ? refused : undefined,
    );
    await expect(management.tenants.settings.get()).rejects.toMatchObject({
      cause: { code: "DEPLOY_CREDENTIALS_REFUSED" },
    });
  });
});

const portOf = (server: Server): string => `localhost:${(server.address() as AddressInfo).port}`;
