import { readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server } from "node:net";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { LocalTenant } from "../../../local/auth0/server.ts";
import { checkNode } from "../../../scripts/doctor/check-node.ts";
import type { Diagnosis } from "../../../scripts/doctor/diagnosis.ts";
import { examine } from "../../../scripts/doctor/examine.ts";
import { renderDiagnoses } from "../../../scripts/doctor/render-diagnoses.ts";
import { environmentOf } from "../../../scripts/local/environment-of.ts";
import { plain } from "../../../scripts/terminal/paint.ts";
import { startTestTenant } from "../../support/local-tenant.ts";

const directory = join(import.meta.dirname, "../../..");
const example = parseEnv(readFileSync(join(directory, ".env.example"), "utf8")) as Record<string, string>;
/** Any free ones. */
const PORTS = { LOCAL_TENANT_PORT: "0", AUTHORIZER_PORT: "0" };
const MINUTE = 60_000;

let tenant: LocalTenant;
beforeAll(async () => {
  tenant = await startTestTenant();
});
afterAll(() => tenant.close());

const access = () => ({
  ...example,
  ...PORTS,
  ...environmentOf(tenant),
});

const look = (environment: Record<string, string>, late = 0): Promise<readonly Diagnosis[]> =>
  examine({
    directory,
    environment,
    environmentName: undefined,
    node: { version: "20.20.0", needed: ">=20.19.0" },
    now: () => Date.now() + late,
  });

async function find(check: string, environment: Record<string, string>, late = 0): Promise<Diagnosis | undefined> {
  return (await look(environment, late)).find((diagnosis) => diagnosis.check === check);
}

test("where all is well, each thing says what it is", async () => {
  const diagnoses = await look(access());
  expect(diagnoses).toEqual([
    { check: "Node", status: "right", message: "20.20.0" },
    { check: "tenant.yaml", status: "right", message: `read, in ${directory}` },
    {
      check: "certificate",
      status: "right",
      message: expect.stringMatching(/ca\.crt is trusted as well, and ends in \d+ days$/),
    },
    { check: "tenant", status: "right", message: `${tenant.domain} lets the client in` },
    { check: "clock", status: "right", message: "as the tenant's" },
    { check: "scopes", status: "right", message: "all that a deploy needs" },
    { check: "Stripe key", status: "right", message: "restricted, for test money" },
  ]);
});

test("without credentials no tenant is asked, and nothing is wrong with that", async () => {
  expect(await look({ ...example, ...PORTS })).toEqual([
    expect.objectContaining({ check: "Node" }),
    expect.objectContaining({ check: "tenant.yaml" }),
    { check: "certificate", status: "right", message: expect.stringContaining("public authorities are trusted") },
    { check: "tenant", status: "unknown", message: "not asked: AUTH0_DOMAIN and the client are not set" },
  ]);
});

test.each<[what: string, check: string, changes: Record<string, string>, status: string, message: RegExp]>([
  [
    "half of the credentials",
    "tenant",
    { AUTH0_CLIENT_SECRET: "" },
    "wrong",
    /AUTH0_CLIENT_SECRET.*\[DEPLOY_VARIABLES_MISSING\]$/s,
  ],
  ["a wrong secret", "tenant", { AUTH0_CLIENT_SECRET: "not-the-secret" }, "wrong", /\[DEPLOY_CREDENTIALS_REFUSED\]$/],
  [
    "a tenant that is not there",
    "tenant",
    { AUTH0_DOMAIN: "localhost:1" },
    "wrong",
    /ECONNREFUSED.*\[DEPLOY_UNREACHABLE\]$/,
  ],
  ["a domain that is none", "tenant", { AUTH0_DOMAIN: "https://a" }, "wrong", /\[DEPLOY_DOMAIN_MALFORMED\]$/],
  ["an authority that is not trusted", "tenant", { AUTH0_CA_FILE: "" }, "wrong", /\[DEPLOY_NOT_TRUSTED\]$/],
  [
    "a certificate that is not there",
    "certificate",
    { AUTH0_CA_FILE: "/nowhere.crt" },
    "wrong",
    /AUTH0_CA_FILE names \/nowhere\.crt.*\[DEPLOY_CA_UNREADABLE\]$/,
  ],
  [
    "a file that is not a certificate",
    "certificate",
    { AUTH0_CA_FILE: join(directory, "README.md") },
    "wrong",
    /not a certificate in PEM form/,
  ],
  [
    "a live key for a development tenant",
    "Stripe key",
    { STRIPE_SECRET_KEY: "rk_live_1" },
    "wrong",
    /\[STRIPE_KEY_LIVE\]$/,
  ],
  ["a secret key", "Stripe key", { STRIPE_SECRET_KEY: "sk_test_1" }, "wrong", /\[STRIPE_KEY_SECRET\]$/],
  ["what is not a key", "Stripe key", { STRIPE_SECRET_KEY: "pk_test_1" }, "wrong", /\[STRIPE_KEY_MALFORMED\]$/],
])("%s", async (_what, check, changes, status, message) => {
  const environment = { ...access(), NODE_EXTRA_CA_CERTS: "", ...changes };
  const diagnosis = await find(check, environment);
  expect(diagnosis).toEqual({ check, status, message: expect.stringMatching(message) });
  expect(JSON.stringify(diagnosis)).not.toMatch(/not-the-secret|[spr]k_(?:test|live)_1/);
});

test.each<[what: string, late: number, status: string, message: RegExp]>([
  ["20 s ahead", 20_000, "right", /^as the tenant's$/],
  ["two minutes ahead", 2 * MINUTE, "wrong", /^1(?:19|20|21) s ahead of the tenant's, so that tokens are refused/],
  ["two minutes behind", -2 * MINUTE, "wrong", /^1(?:19|20|21) s behind the tenant's/],
])("a clock that is %s", async (_what, late, status, message) => {
  expect(await find("clock", access(), late)).toEqual({
    check: "clock",
    status,
    message: expect.stringMatching(message),
  });
});

test("a certificate that has ended", async () => {
  const inTwentyYears = 20 * 365 * 24 * 60 * MINUTE;
  expect(await find("certificate", access(), inTwentyYears)).toMatchObject({
    status: "wrong",
    message: expect.stringMatching(/has ended: npm run local makes another/),
  });
});

test("scopes that the client lacks are named", async () => {
  const { clientGrants } = tenant.tenant.state;
  const own = clientGrants.find(({ client_id }) => client_id === tenant.clientId)!;
  clientGrants.set(own.id, {
    ...own,
    scope: own.scope.filter((scope) => scope !== "create:roles" && scope !== "read:actions"),
  });
  try {
    expect(await find("scopes", access())).toEqual({
      check: "scopes",
      status: "wrong",
      message: "the client lacks read:actions, create:roles. npm run scopes says what each is for.",
    });
  } finally {
    clientGrants.set(own.id, own);
  }
});

test("a tenant.yaml that cannot be read keeps the tenant from being asked", async () => {
  const diagnoses = await examine({
    directory: join(directory, "test"),
    environment: access(),
    environmentName: undefined,
    node: { version: "20.20.0", needed: ">=20.19.0" },
    now: Date.now,
  });
  expect(diagnoses.find(({ check }) => check === "tenant.yaml")).toMatchObject({
    status: "wrong",
    message: expect.stringMatching(/\[TENANT_NOT_FOUND\]$/),
  });
  expect(diagnoses.some(({ check }) => check === "tenant")).toBe(false);
});

describe("a port", () => {
  let other: Server;
  let port: number;
  beforeAll(async () => {
    other = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    ({ port } = other.address() as AddressInfo);
  });
  afterAll(() => {
    other.close();
  });

  test("that another program has is warned of, with what to do", async () => {
    expect(await find(`port ${port}`, { ...example, ...PORTS, AUTHORIZER_PORT: String(port) })).toEqual({
      check: `port ${port}`,
      status: "warning",
      message: `taken by another program (lsof -i :${port} names it): stop that, or give npm run authorizer another port by AUTHORIZER_PORT`,
    });
  });

  test("on which the tenant on this machine answers is right", async () => {
    const { port: own } = tenant;
    expect(await find(`port ${own}`, { ...example, ...PORTS, LOCAL_TENANT_PORT: String(own) })).toMatchObject({
      status: "right",
      message: "the tenant of npm run local is running",
    });
  });
});

test.each(["no", "-1", "70000", "65535"])(
  "LOCAL_TENANT_PORT=%s leaves no port for the two",
  async (LOCAL_TENANT_PORT) => {
    const diagnoses = await look({ ...example, ...PORTS, LOCAL_TENANT_PORT });
    expect(diagnoses).toContainEqual({
      check: "the Stripe of npm run local",
      status: "wrong",
      message: "LOCAL_TENANT_PORT is not a port: set it to a number from 0 to 65535",
    });
  },
);

test.each<[version: string, needed: string, status: Diagnosis["status"]]>([
  ["20.19.0", ">=20.19.0", "right"],
  ["20.20.2", ">=20.19.0", "right"],
  ["22.0.0", ">=20.19.0", "right"],
  ["20.9.0", ">=20.19.0", "wrong"],
  ["18.20.8", ">=20.19.0", "wrong"],
  ["20.19.0", ">=20.19.1", "wrong"],
])("Node %s where %s is asked for", (version, needed, status) => {
  expect(checkNode(version, needed).status).toBe(status);
});

test("the table fits 80 columns, keeps lines, and counts what is wrong", () => {
  const long = "the client lacks read:actions, create:roles, update:roles. npm run scopes says what each is for.";
  const text = renderDiagnoses(
    [
      { check: "Node", status: "right", message: "20.20.0" },
      { check: "port 4455", status: "warning", message: "taken" },
      { check: "scopes", status: "wrong", message: long },
      { check: "tenant", status: "unknown", message: "first\n  second" },
    ],
    plain,
  );
  expect(text).toBe(
    [
      "✓  Node       20.20.0",
      "!  port 4455  taken",
      "✗  scopes     the client lacks read:actions, create:roles, update:roles. npm run",
      "              scopes says what each is for.",
      "-  tenant     first",
      "                second",
      "",
      "One thing is wrong.",
    ].join("\n"),
  );
});
