import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { parse } from "yaml";
import type { OverlayOptions } from "../../../scripts/adopt/options.ts";
import { adoptOverlay } from "../../../scripts/adopt/overlay/adopt-overlay.ts";
import { renderAdoptionJson } from "../../../scripts/adopt/render-adoption.ts";
import type { Adoption } from "../../../scripts/adopt/report.ts";
import { DEPLOYED_SECTIONS } from "../../../scripts/tenant/sections.ts";
import { makeAction, type Send } from "./populate.ts";
import { editFile, listLeaks, readFiles, startTenantToAdopt, type TenantToAdopt } from "./tenant-to-adopt.ts";

/** What differs between the two tenants. */
interface Variant {
  readonly friendlyName: string;
  readonly sessionLifetime: number;
  readonly callbacks: readonly string[];
  readonly lifetime: number;
  readonly scopes: readonly string[];
  readonly says: string;
  readonly secrets: readonly string[];
  readonly flow: readonly string[];
  readonly roles: readonly string[];
  readonly googleId: string;
  readonly login: string;
}

const FIRST: Variant = {
  friendlyName: "The shop",
  sessionLifetime: 100,
  callbacks: ["https://shop.example/cb"],
  lifetime: 7200,
  scopes: ["read:orders", "write:orders"],
  says: "hello",
  secrets: ["SHARED_KEY", "FIRST_KEY"],
  flow: ["Greet", "Count"],
  roles: ["clerk", "auditor"],
  googleId: "google-one",
  login: "function login(email, password, callback) { callback(null); }\n",
};

const SECOND: Variant = {
  friendlyName: "Der Laden: Süd",
  sessionLifetime: 90,
  callbacks: ["https://laden.example/cb", "https://laden.example/other"],
  lifetime: 3600,
  scopes: ["read:orders"],
  says: "guten Tag",
  secrets: ["SHARED_KEY", "SECOND_KEY"],
  flow: ["Count", "Greet"],
  roles: ["clerk", "Kassier"],
  googleId: "google-two",
  login: "function login(email, password, callback) { callback(new Error('no')); }\n",
};

async function populate(send: Send, variant: Variant): Promise<void> {
  await send("PATCH", "/tenants/settings", {
    friendly_name: variant.friendlyName,
    session_lifetime: variant.sessionLifetime,
  });
  await send("POST", "/resource-servers", {
    name: "Orders",
    identifier: "urn:orders",
    token_lifetime: variant.lifetime,
    scopes: variant.scopes.map((value) => ({ value, description: value })),
  });
  const { client_id } = await send("POST", "/clients", {
    name: "Shop",
    app_type: "spa",
    callbacks: variant.callbacks,
    description: "Where people buy",
  });
  if (variant === FIRST) await send("POST", "/clients", { name: "Only in the first", app_type: "spa" });
  const { client_id: worker } = await send("POST", "/clients", {
    name: "Worker",
    app_type: "non_interactive",
    grant_types: ["client_credentials"],
  });
  await send("POST", "/client-grants", { client_id: worker, audience: "urn:orders", scope: variant.scopes });
  for (const name of variant.roles) {
    const { id } = await send("POST", "/roles", { name, description: `A ${name}` });
    await send("POST", `/roles/${id}/permissions`, {
      permissions: variant.scopes.map((permission_name) => ({
        permission_name,
        resource_server_identifier: "urn:orders",
      })),
    });
  }
  const { id: database } = await send("POST", "/connections", {
    name: "People",
    strategy: "auth0",
    options: {
      enabledDatabaseCustomization: true,
      customScripts: { login: variant.login },
      disable_signup: variant === SECOND,
    },
  });
  await send("PATCH", `/connections/${database}/clients`, [{ client_id, status: true }]);
  await send("POST", "/connections", {
    name: "google-oauth2",
    strategy: "google-oauth2",
    options: { client_id: variant.googleId, client_secret: "google-that-is-searched-for", scope: ["email"] },
  });
  await makeAction(send, {
    name: "Greet",
    trigger: ["post-login", "v3"],
    code: `exports.onExecutePostLogin = async () => { console.log("${variant.says}"); };\n`,
    runtime: "node22",
    more: { secrets: variant.secrets.map((name) => ({ name, value: `${name}-that-is-searched-for` })) },
  });
  await makeAction(send, {
    name: "Count",
    trigger: ["post-login", "v3"],
    code: "exports.onExecutePostLogin = async () => {};\n",
    runtime: "node22",
  });
  await send("PATCH", "/actions/triggers/post-login/bindings", {
    bindings: variant.flow.map((name) => ({ ref: { type: "action_name", value: name }, display_name: name })),
  });
}

/** What is left of the overlay when somebody reads it. */
const OVERLAY = `tenant:
  session_lifetime: 90

resourceServers:
  - identifier: urn:orders
    scopes:
      - value: read:orders
        description: read:orders
    token_lifetime: 3600

clients:
  - name: Shop
    callbacks:
      - https://laden.example/cb
      - https://laden.example/other
  - name: Only in the first
    leave_out: true

clientGrants:
  - client_id: Worker
    audience: urn:orders
    subject_type: client
    scope:
      - read:orders

roles:
  - name: clerk
    permissions:
      - permission_name: read:orders
        resource_server_identifier: urn:orders
  - name: auditor
    leave_out: true
  - name: Kassier
    description: A Kassier
    permissions:
      - permission_name: read:orders
        resource_server_identifier: urn:orders
    type: tenant

databases:
  - name: People
    options:
      customScripts:
        login: ./databases/people-south/login.js
      disable_signup: true

actions:
  - name: Greet
    secrets:
      - name: SHARED_KEY
        value:
          leave_out: true
      - name: FIRST_KEY
        leave_out: true
      - name: SECOND_KEY
        # value: "@@GREET_SECOND_KEY@@"
    code: ./actions/greet-south/code.js

connections:
  - name: google-oauth2
    options:
      client_id: google-two
      client_secret:
        leave_out: true

triggers:
  post-login:
    - action_name: Count
      display_name: Count
    - action_name: Greet
      display_name: Greet
`;

let first: TenantToAdopt;
let second: TenantToAdopt;
let directory: string;
let base: string;
let adoption: Adoption;

const readText = (file: string): string => readFileSync(join(directory, file), "utf8");
const adopt = (options: Partial<OverlayOptions> = {}): Promise<Adoption> =>
  adoptOverlay({
    directory,
    environment: second.environment,
    environmentName: "south",
    sections: DEPLOYED_SECTIONS,
    retryPolicy: { pause: 10 },
    ...options,
  });

beforeAll(async () => {
  [first, second] = await Promise.all([
    startTenantToAdopt((send) => populate(send, FIRST)),
    startTenantToAdopt((send) => populate(send, SECOND)),
  ]);
  directory = first.makeProject();
  mkdirSync(join(directory, "environments"));
  await first.adopt(directory);
  // As a team goes on with what it has adopted.
  editFile(directory, "tenant.yaml", /# (value: "@@)GREET_(SHARED_KEY)/, "$1$2");
  editFile(directory, "tenant.yaml", /# (client_secret: .*)/, "$1");
  editFile(directory, "tenant.yaml", "friendly_name: The shop", 'friendly_name: "##FRIENDLY_NAME##"');
  editFile(directory, "tenant.yaml", "session_lifetime_in_minutes: 6000", "session_lifetime: 100");
  base = readText("tenant.yaml");
  adoption = await adopt();
});
afterAll(() => Promise.all([first.close(), second.close()]));

test("what a second tenant has differently becomes its environment's overlay, and tenant.yaml stays as it is", () => {
  const [header = "", ...text] = readText("environments/south.yaml").split("\n\n");
  expect(header).toMatch(/^# .*environments\/south\.env .*$/);
  expect(text.join("\n\n")).toBe(OVERLAY);
  expect(readText("actions/greet-south/code.js")).toContain("guten Tag");
  expect(readText("databases/people-south/login.js")).toBe(SECOND.login);
  expect(readText("tenant.yaml")).toBe(base);
});

test("a keyword gets the value that the tenant has, and a secret an empty variable", () => {
  expect(
    readText("environments/south.env")
      .split("\n")
      .filter((line) => /^\w/.test(line)),
  ).toEqual(['FRIENDLY_NAME="Der Laden: Süd"', "GREET_SECOND_KEY=", "SHARED_KEY=", "GOOGLE_OAUTH2_CLIENT_SECRET="]);
  expect(listLeaks([...readFiles(directory), ["report", renderAdoptionJson(adoption)]])).toEqual([]);
});

test("the report says what was added, changed and left out", () => {
  const { adopted, overlay, leftOut, present, refused, unread } = adoption;
  expect({ adopted, overlay, refused, unread }).toEqual({
    adopted: ["role Kassier"],
    overlay: {
      changed: [
        "tenant settings",
        "api urn:orders",
        "client Shop",
        "client-grant Worker → urn:orders",
        "role clerk",
        "database People",
        "action Greet",
        "connection google-oauth2",
        "flow post-login",
      ],
      leftOut: ["client Only in the first", "role auditor"],
    },
    refused: [],
    unread: [],
  });
  expect(present).toContain("action Count");
  expect(leftOut.map(({ entry }) => entry)).toContain("client Deploy CLI");
});

test("there is nothing to do in the second tenant afterwards: no warning, no write, no version", async () => {
  const values = { ...second.environment, FRIENDLY_NAME: SECOND.friendlyName };
  const { changes, warnings } = await second.plan(directory, values, "south");
  expect({ changes, warnings }).toEqual({ changes: [], warnings: [] });
  const before = await second.versions();
  expect(await second.deploy(directory, values, "south")).toEqual([]);
  expect(await second.versions()).toEqual(before);
});

test("an overlay that is there is overwritten only with --force, and comes out the same", async () => {
  const before = readFiles(directory);
  await expect(adopt({ sections: ["roles"] })).rejects.toMatchObject({
    code: "ADOPT_FILE_EXISTS",
    message: expect.stringContaining("environments/south.yaml"),
  });
  expect(readFiles(directory)).toEqual(before);
  await adopt({ force: true, environment: { ...second.environment, FRIENDLY_NAME: SECOND.friendlyName } });
  expect(readFiles(directory)).toEqual(before);
});

test("of some sections alone the overlay says nothing of the others", async () => {
  await adopt({ environmentName: "part", sections: ["roles"] });
  expect(Object.keys(parse(readText("environments/part.yaml")))).toEqual(["roles"]);
});

test("a tenant that has nothing differently needs no overlay", async () => {
  const { files, overlay } = await adopt({
    environment: { ...first.environment, FRIENDLY_NAME: FIRST.friendlyName },
    environmentName: "north",
    sections: ["tenant", "clients", "roles", "triggers"],
  });
  expect({ files, overlay }).toEqual({ files: [], overlay: { changed: [], leftOut: [] } });
});

test("an entry whose name is a keyword without a value is refused with its line, before the tenant is asked", async () => {
  writeFileSync(join(directory, "tenant.yaml"), `${base}\norganizations:\n  - name: "##ORGANIZATION##"\n`);
  const asked = second.proxy.seen.length;
  await expect(adopt({ force: true })).rejects.toMatchObject({
    code: "TENANT_KEYWORDS_UNFILLED",
    message: expect.stringMatching(/tenant\.yaml:\d+ ##ORGANIZATION##\n.*environments\/south\.env/s),
  });
  expect(second.proxy.seen).toHaveLength(asked);
});
