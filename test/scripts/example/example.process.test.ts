import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { chooseFreePort } from "../../../scripts/dev/choose-free-port.ts";
import { type LoginTenant, startLoginTenant } from "../../support/login-tenant.ts";
import { type Script, spawnScript } from "../../support/spawn-script.ts";

/** `npm run example` with a tenant and an application by name, and no credentials. */
let tenant: LoginTenant;
let port: number;
beforeAll(async () => {
  tenant = await startLoginTenant();
  port = await chooseFreePort();
  tenant.setClient({ ...tenant.spa, callbacks: [`http://localhost:${port}`] });
});
afterAll(() => tenant.close());

const run = (changes: NodeJS.ProcessEnv = {}, options: readonly string[] = []): Script =>
  spawnScript("example", [...options], {
    AUTH0_DOMAIN: tenant.domain,
    AUTH0_CA_FILE: tenant.caFile,
    SPA_CLIENT_ID: tenant.spa.client_id,
    SPA_URL: `http://localhost:${port}`,
    ...changes,
  });

test("the page is told which application it is, and what the API has", async () => {
  const script = run({}, ["--json"]);
  expect(JSON.parse(await script.said(/^\{.*\}$/m))).toEqual({ url: `http://localhost:${port}` });
  const config = await (await fetch(`http://localhost:${port}/config.json`)).json();
  script.process.kill("SIGINT");
  expect(await script.ended).toBe(0);
  expect(config).toMatchObject({
    domain: tenant.domain,
    clientId: tenant.spa.client_id,
    audience: "https://api.example.com/",
    requests: expect.arrayContaining([{ method: "DELETE", path: "/users" }]),
    users: `https://${tenant.domain}/console/users`,
  });
});

test.each<[what: string, changes: () => NodeJS.ProcessEnv, said: string, code: string]>([
  [
    "a callback that the application does not have",
    () => ({ SPA_URL: "http://localhost:1" }),
    "does not have http://localhost:1 among its callbacks",
    "EXAMPLE_CALLBACK_UNKNOWN",
  ],
  [
    "an application that the tenant does not have",
    () => ({ SPA_CLIENT_ID: "nobody" }),
    "does not have an application nobody. Correct SPA_CLIENT_ID.",
    "EXAMPLE_CLIENT_UNKNOWN",
  ],
  [
    "an address instead of a domain",
    () => ({ AUTH0_DOMAIN: `https://${tenant.domain}/` }),
    "bare host",
    "DEPLOY_DOMAIN_MALFORMED",
  ],
  [
    "a tenant that does not answer",
    () => ({ AUTH0_DOMAIN: "localhost:1" }),
    "localhost:1 does not answer",
    "DEPLOY_UNREACHABLE",
  ],
])("%s is named", async (_what, changes, said, code) => {
  const script = run(changes());
  expect(await script.ended).toBe(2);
  expect(script.stderr()).toContain(said);
  expect(script.stderr()).toContain(`[${code}]`);
});

test("a port that is taken is named", async () => {
  const occupant = createServer();
  await new Promise<void>((resolve) => occupant.listen(0, "127.0.0.1", resolve));
  const taken = (occupant.address() as AddressInfo).port;
  tenant.setClient({ ...tenant.spa, callbacks: [`http://localhost:${taken}`] });
  const script = run({ SPA_URL: `http://localhost:${taken}` });
  expect(await script.ended).toBe(1);
  occupant.close();
  expect(script.stderr()).toContain(`Port ${taken} is taken`);
  expect(script.stderr()).toContain("[EXAMPLE_PORT_TAKEN]");
});
