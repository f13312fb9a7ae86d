import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Client } from "../../local/auth0/state/resources.ts";
import { createBrowser } from "../../local/http/browser.ts";
import { createFetch } from "../../scripts/http/trusting-fetch.ts";
import { passLoginPage, planLogin } from "../support/log-in.ts";
import { type LoginTenant, PASSWORD } from "../support/login-tenant.ts";
import { type Script, spawnScript } from "../support/spawn-script.ts";
import { caddy } from "./gateways/caddy.ts";
import { builtInExpressGateway, expressGateway } from "./gateways/express-gateway.ts";
import type { RunningGateway } from "./gateways/gateway.ts";
import { krakend } from "./gateways/krakend.ts";
import { nginx } from "./gateways/nginx.ts";
import { AUDIENCE } from "./support/tokens.ts";
import { createWorld, type World } from "./world.ts";

/**
 * A tenant as `npm run local` starts it, everything in it as `npm run deploy` puts it there, a person who logs in through its
 * pages, a machine with its own credentials: their tokens, at gateways that run with generated files.
 */
const SPA_URL = "http://localhost:3000";
const EMAIL = "editor@example.com";

interface Local {
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly caFile: string;
  readonly verifyEmailUrl: string;
  readonly stripe: { readonly url: string; readonly secretKey: string };
}

const directory = mkdtempSync(join(tmpdir(), "tale-"));
let script: Script;
let world: World;
const TOKENS = { person: "", machine: "" };

beforeAll(async () => {
  script = spawnScript("local", ["--port", "0", "--directory", directory, "--json"]);
  const local = JSON.parse((await script.said(/^\{.*\}$/m)).match(/^\{.*\}$/m)?.[0] ?? "") as Local;
  await deploy(local);
  const ca = readFileSync(local.caFile, "utf8");
  Object.assign(TOKENS, await getTokens(local, ca));
  const issuer = { issuer: `https://${local.domain}/`, caFile: local.caFile, ca, keys: [], close: async () => {} };
  world = await createWorld({ tenant: issuer });
}, 120_000);

afterAll(async () => {
  await world?.close();
  script?.process.kill("SIGTERM");
  await script?.ended;
  rmSync(directory, { recursive: true, force: true });
});

for (const gateway of [nginx, caddy, krakend, expressGateway, builtInExpressGateway]) {
  (gateway.missing?.() === undefined ? describe : describe.skip)(gateway.name, () => {
    let running: RunningGateway;
    beforeAll(async () => {
      running = await gateway.start(world);
    }, 60_000);
    afterAll(() => running?.close());

    const ask = async (method: string, path: string, token?: string) => {
      const headers = token === undefined ? [] : [`Authorization: Bearer ${token}`];
      const outcome = await running.send({ method, path, headers });
      return { status: outcome?.status, sub: outcome?.identity?.["x-user-sub"] };
    };

    test("401 without a token", async () => {
      expect(await ask("GET", "/users/12")).toEqual({ status: 401, sub: undefined });
    });

    test("200 with a login's token, and the API is told who", async () => {
      expect(await ask("GET", "/users/12", TOKENS.person)).toEqual({
        status: 200,
        sub: expect.stringMatching(/^auth0\|/),
      });
    });

    test("200 with a machine's token", async () => {
      expect(await ask("GET", "/users/12", TOKENS.machine)).toEqual({
        status: 200,
        sub: expect.stringMatching(/@clients$/),
      });
    });

    test("403 for what the person's role does not grant, and for what the machine was not granted", async () => {
      expect(await ask("DELETE", "/users/12", TOKENS.person)).toMatchObject({ status: 403 });
      expect(await ask("POST", "/users", TOKENS.machine)).toMatchObject({ status: 403 });
    });

    test("402 for what costs money, without a subscription", async () => {
      expect(await ask("POST", "/orders", TOKENS.person)).toEqual({ status: 402, sub: undefined });
    });
  });
}

async function deploy(local: Local): Promise<void> {
  const example = parseEnv(readFileSync(join(import.meta.dirname, "../../.env.example"), "utf8"));
  const deployment = spawnScript("deploy", ["--yes", "--skip-stripe-check"], {
    ...example,
    HOME: directory,
    API_IDENTIFIER: AUDIENCE,
    SPA_URL,
    AUTH0_DOMAIN: local.domain,
    AUTH0_CLIENT_ID: local.clientId,
    AUTH0_CLIENT_SECRET: local.clientSecret,
    NODE_EXTRA_CA_CERTS: local.caFile,
    STRIPE_SECRET_KEY: local.stripe.secretKey,
    VERIFY_EMAIL_URL: local.verifyEmailUrl,
  });
  const end = await deployment.ended;
  if (end !== 0) throw new Error(`npm run deploy ended with ${end}:\n${deployment.stdout()}${deployment.stderr()}`);
}

async function getTokens(local: Local, ca: string): Promise<typeof TOKENS> {
  const fetch = createFetch(ca);
  const request = async (path: string, body?: object, token?: string): Promise<unknown> => {
    const response = await fetch(`https://${local.domain}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { "content-type": "application/json", ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  const exchange = async (client: Pick<Client, "client_id" | "client_secret">, audience: string): Promise<string> => {
    const { client_id, client_secret } = client;
    const body = { grant_type: "client_credentials", client_id, client_secret, audience };
    return ((await request("/oauth/token", body)) as { access_token: string }).access_token;
  };
  const own = { client_id: local.clientId, client_secret: local.clientSecret };
  const management = await exchange(own as Client, `https://${local.domain}/api/v2/`);
  const clients = (await request("/api/v2/clients", undefined, management)) as Client[];
  const roles = (await request("/api/v2/roles", undefined, management)) as { id: string; name: string }[];
  const named = (name: string): Client => {
    const client = clients.find((one) => one.name === name);
    if (client === undefined) throw new Error(`${name} was not deployed`);
    return client;
  };
  const user = {
    email: EMAIL,
    password: PASSWORD,
    email_verified: true,
    connection: "Username-Password-Authentication",
  };
  const { user_id } = (await request("/api/v2/users", user, management)) as { user_id: string };
  const role = roles.find(({ name }) => name === "editor")?.id;
  await request(`/api/v2/users/${encodeURIComponent(user_id)}/roles`, { roles: [role] }, management);

  const tenant = { ...local, browser: () => createBrowser({ domain: local.domain, ca }) } as unknown as LoginTenant;
  const spa = named("Example SPA");
  const attempt = await planLogin(tenant, spa, {
    redirect_uri: SPA_URL,
    audience: AUDIENCE,
    scope: "openid email get:users delete:users",
  });
  const callback = await passLoginPage(tenant.browser(), attempt, EMAIL);
  const login = (await request("/oauth/token", {
    grant_type: "authorization_code",
    client_id: spa.client_id,
    code: callback.url.searchParams.get("code"),
    code_verifier: attempt.verifier,
    redirect_uri: SPA_URL,
  })) as { access_token: string };
  return { person: login.access_token, machine: await exchange(named("Example Worker"), AUDIENCE) };
}
