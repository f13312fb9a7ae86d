import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import Stripe from "stripe";
import { createFetch } from "../../../scripts/http/trusting-fetch.ts";
import { localDirectory } from "../../support/local-tenant.ts";
import { type Script, spawnScript } from "../../support/spawn-script.ts";

interface Access {
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly caFile: string;
  readonly verifyEmailUrl: string;
  readonly stripe: { readonly url: string; readonly secretKey: string };
}

/** The real SDK, pointed at the printed address. */
function openStripe({ stripe, caFile }: Access): Stripe {
  return new Stripe(stripe.secretKey, {
    host: "localhost",
    port: new URL(stripe.url).port,
    maxNetworkRetries: 0,
    telemetry: false,
    httpClient: Stripe.createFetchHttpClient(createFetch(readFileSync(caFile, "utf8"))),
  });
}

describe("npm run local", () => {
  let directory: string;
  const running = new Set<Script>();
  const occupant = createServer((socket) => socket.destroy());
  beforeAll(async () => {
    await new Promise<void>((resolve) => occupant.listen(0, "127.0.0.1", resolve));
    directory = mkdtempSync(join(tmpdir(), "local-tenant-"));
    for (const part of ["keys", "tls"]) cpSync(join(localDirectory, part), join(directory, part), { recursive: true });
  });
  afterEach(async () => {
    for (const script of running) script.process.kill("SIGKILL");
    await Promise.all([...running].map(({ ended }) => ended));
    running.clear();
  });
  afterAll(async () => {
    rmSync(directory, { recursive: true });
    await new Promise((resolve) => occupant.close(resolve));
  });

  function run(...args: readonly string[]): Script {
    const script = spawnScript("local", ["--directory", directory, ...args]);
    running.add(script);
    return script;
  }
  async function start(...args: readonly string[]) {
    const script = run("--json", "--port", "0", ...args);
    await script.said(/\n/);
    return { script, access: JSON.parse(script.stdout()) as Access };
  }
  async function stop(script: Script, signal: NodeJS.Signals) {
    script.process.kill(signal);
    return script.ended;
  }

  test("--json prints one line with how to reach the tenant, and nothing else; a signal stops it in order", async () => {
    const { script, access } = await start();
    expect(Object.keys(access)).toEqual(["domain", "clientId", "clientSecret", "caFile", "verifyEmailUrl", "stripe"]);
    expect(access.domain).toMatch(/^localhost:\d+$/);
    expect(access.caFile).toBe(join(directory, "tls/ca.crt"));
    expect(access.verifyEmailUrl).toBe(`https://${access.domain}/u/verify-email`);
    expect(Object.keys(access.stripe)).toEqual(["url", "secretKey", "gatewayKey", "portalKey", "accountKey"]);

    await expect(stop(script, "SIGTERM")).resolves.toBe(0);
    expect(script.stdout()).toBe(`${JSON.stringify(access)}\n`);
    expect(script.stderr()).toBe("");
  });

  test("a restart keeps the credentials, also after a kill -9; --fresh makes new ones", async () => {
    const first = await start();
    await expect(stop(first.script, "SIGKILL")).resolves.toBe("SIGKILL");
    const second = await start();
    const credentials = ({ clientId, clientSecret }: Access) => ({ clientId, clientSecret });
    expect(credentials(second.access)).toEqual(credentials(first.access));

    await stop(second.script, "SIGINT");
    const third = await start("--fresh");
    expect(third.access.clientId).not.toBe(first.access.clientId);
    expect(third.access.clientSecret).not.toBe(first.access.clientSecret);
  });

  test("the printed key opens the local Stripe, which keeps key and customers over a kill -9; --fresh forgets both", async () => {
    const first = await start();
    const { id } = await openStripe(first.access).customers.create({ email: "kept@example.com" });
    await stop(first.script, "SIGKILL");
    const second = await start();
    expect(second.access.stripe.secretKey).toBe(first.access.stripe.secretKey);
    await expect(openStripe(second.access).customers.retrieve(id)).resolves.toMatchObject({ id });

    await stop(second.script, "SIGTERM");
    const third = await start("--fresh");
    expect(third.access.stripe.secretKey).not.toBe(first.access.stripe.secretKey);
    await expect(openStripe(third.access).customers.retrieve(id)).rejects.toMatchObject({ code: "resource_missing" });
  });

  test("for a person it prints lines for a shell, and what to do next", async () => {
    const script = run("--port", "0");
    const text = await script.said(/npm run deploy/);
    for (const name of ["AUTH0_DOMAIN", "AUTH0_CLIENT_ID", "AUTH0_CLIENT_SECRET", "NODE_EXTRA_CA_CERTS"]) {
      expect(text).toMatch(new RegExp(`^ {2}export ${name}=\\S+$`, "m"));
    }
    expect(text).toMatch(/^ {2}export STRIPE_SECRET_KEY=rk_test_\w+$/m);
    expect(text).toMatch(/^ {2}export VERIFY_EMAIL_URL=https:\/\/localhost:\d+\/u\/verify-email$/m);
    expect(text).not.toContain("\u001b");
  });

  test("a second one on the same state is refused and names the first", async () => {
    const { script } = await start();
    const second = run("--port", "0");
    await expect(second.ended).resolves.toBe(1);
    expect(second.stderr()).toMatch(/LOCAL_TENANT_RUNNING/);
    expect(second.stderr()).toContain(String(script.process.pid));
  });

  test.each([
    ["the tenant's port", 0],
    ["Stripe's port, the next one,", 1],
  ])("%s held by another program is refused with another pair to try", async (_name, offset) => {
    const { port } = occupant.address() as { port: number };
    const script = run("--port", String(port - offset));
    await expect(script.ended).resolves.toBe(1);
    expect(script.stderr()).toContain(`Port ${port} is taken by another program`);
    expect(script.stderr()).toContain(`--port ${port - offset + 2}\n[LOCAL_PORT_TAKEN]`);
  });

  test.each([
    ["an option that it does not have", ["--prot", "1"], /Usage: npm run local/],
    ["a port that is none", ["--port", "http"], /from 0 to 65534/],
  ])("%s ends with 2", async (_name, args, text) => {
    const script = run(...args);
    await expect(script.ended).resolves.toBe(2);
    expect(script.stderr()).toMatch(text);
    expect(script.stdout()).toBe("");
  });
});
