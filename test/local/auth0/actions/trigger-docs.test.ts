import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Management, type ManagementClient } from "auth0";
import { ENTRY_POINTS, isDocumented } from "../../../../local/auth0/actions/handler.ts";
import { currentVersion, isEntityBound } from "../../../../local/auth0/management/actions/trigger-table.ts";
import type { Connection } from "../../../../local/auth0/state/resources.ts";
import { call, managementToken } from "../../../support/local-tenant.ts";
import { planLogin } from "../../../support/log-in.ts";
import { API, CALLBACK, type LoginTenant, PASSWORD, startLoginTenant } from "../../../support/login-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";
import { until } from "../../../support/until.ts";

const root = join(import.meta.dirname, "../../../..");
const page = readFileSync(join(root, "docs/local-tenant.md"), "utf8");
const { paths } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8")).compilerOptions;
const TRIGGERS = Object.values(Management.ActionTriggerTypeEnum);

let tenant: LoginTenant;
let sdk: ManagementClient;
let email: string;

/** What a person or an application does, by the words of the page; the triggers that run in it are those of its row. */
const FLOWS: Readonly<Record<string, readonly [does: string, act: () => Promise<unknown>]>> = {
  "post-login": ["each login, silent login and refresh", logIn],
  "credentials-exchange": ["each client-credentials exchange", () => token({ grant_type: "client_credentials" })],
  "pre-user-registration": ["sign-up page, `/dbconnections/signup`, first code, `POST /users`", signUp],
  "post-user-registration": ["after those, apart from the request", signUp],
  "post-change-password": ["reset page, `PATCH /users`, apart from the request", resetPassword],
  "password-reset-post-challenge": ["when the link of a reset is opened, before the new password", resetPassword],
  "custom-email-provider": ["mails with a link or a code, if the email provider is `custom`", signUp],
  "custom-phone-provider": ["codes by text, if the phone provider is `custom`", startSms],
  "custom-token-exchange": ["each exchange of a token that a token exchange profile is for", exchangeToken],
  "event-stream": ["with each event of the stream", signUp],
};
/** Why the others do not. */
const REASONS: Readonly<Record<string, readonly [says: string, act: () => Promise<unknown>]>> = {
  "send-phone-message": ["no factor by phone here", logInWithFactor],
  "login-post-identifier": ["not documented", logIn],
  "signup-post-identifier": ["not documented", signUpAtThePage],
  "post-credential-validation": ["not documented", logIn],
  "password-hash-migration": ["nothing here names its Action", async () => {}],
};

beforeAll(async () => {
  tenant = await startLoginTenant({ actionBuilds: { pendingFor: 0, buildingFor: 0 } });
  sdk = createManagementClient(tenant);
  tenant.setConnection({
    ...tenant.database,
    id: "con_sms",
    name: "sms",
    strategy: "sms",
    realms: ["sms"],
  } as Connection);
  await sdk.clientGrants.create({ client_id: tenant.web.client_id, audience: API, scope: [] });
  const credentials = { delivery_methods: ["text" as const] };
  await sdk.branding.phone.providers.create({ name: "custom", configuration: credentials, credentials: {} });
  const body = { name: "custom", enabled: true, default_from_address: "a@shop.example", credentials: {} };
  await call(tenant, "/api/v2/emails/provider", { method: "POST", token: await managementToken(tenant), body });
  email = "ada@example.com";
  await tenant.addUser(email);
});
afterAll(() => tenant.close());

const post = (path: string, body: object) => call(tenant, path, { method: "POST", body });
const web = () => ({ client_id: tenant.web.client_id, client_secret: tenant.web.client_secret });
const token = (body: object) => post("/oauth/token", { ...web(), audience: API, ...body });

async function logIn(): Promise<void> {
  const browser = tenant.browser();
  const { url } = await planLogin(tenant, tenant.spa);
  const done = await browser.submit(await browser.open(url.href), { username: email, password: PASSWORD }, "username");
  expect(done.url.href.startsWith(CALLBACK)).toBe(true);
}

async function logInWithFactor(): Promise<void> {
  tenant.bind('api.authentication.challengeWith({ type: "phone" });');
  await logIn();
  tenant.bind();
}

let people = 0;
function signUp(): Promise<unknown> {
  const { client_id } = tenant.spa;
  const person = { email: `user${people++}@example.com`, password: PASSWORD };
  return post("/dbconnections/signup", { client_id, connection: tenant.database.name, ...person });
}

async function signUpAtThePage(): Promise<void> {
  const browser = tenant.browser();
  const { url } = await planLogin(tenant, tenant.spa, { screen_hint: "signup" });
  const person = { email: `user${people++}@example.com`, password: PASSWORD };
  await browser.submit(await browser.open(url.href), person, "password");
}

async function resetPassword(): Promise<void> {
  const { client_id } = tenant.spa;
  await post("/dbconnections/change_password", { client_id, connection: tenant.database.name, email });
  const line = tenant.lines.findLast((one) => one.includes("choose a new password at")) ?? "";
  const browser = tenant.browser();
  const form = await browser.open(/at (\S+)$/.exec(line)?.[1] ?? "");
  expect((await browser.submit(form, { password: PASSWORD })).text).toContain("Password Changed!");
}

function startSms(): Promise<unknown> {
  return post("/passwordless/start", { ...web(), connection: "sms", phone_number: "+4912345678" });
}

const FOREIGN_TOKEN = "https://shop.example/token";
async function exchangeToken(): Promise<void> {
  tenant.setClient({
    ...tenant.web,
    oidc_conformant: true,
    token_exchange: { allow_any_profile_of_type: ["custom_authentication"] },
  });
  const grant_type = "urn:ietf:params:oauth:grant-type:token-exchange";
  await token({ grant_type, subject_token: "a-token", subject_token_type: FOREIGN_TOKEN });
}

/** Made by Auth0's SDK, built, deployed. @returns its id */
async function deploy(id: Management.ActionTriggerTypeEnum): Promise<string> {
  const [handler] = isDocumented(id) ? ENTRY_POINTS[id] : ["onExecute"];
  const made = await sdk.actions.create({
    name: id,
    supported_triggers: [{ id, version: currentVersion(id) }],
    code: `exports.${handler} = async () => {};`,
  });
  await sdk.actions.deploy(made.id ?? "");
  const { all_changes_deployed: isDeployed, status } = await sdk.actions.get(made.id ?? "");
  expect({ status, isDeployed }).toEqual({ status: "built", isDeployed: true });
  return made.id ?? "";
}

/** Binds the Action to its trigger's flow, or has what it belongs to name it. @returns in which of the two ways */
async function bind(id: Management.ActionTriggerTypeEnum, action_id: string): Promise<string> {
  if (!isEntityBound(id)) {
    const ref = { type: "action_id", value: action_id } as const;
    const { bindings } = await sdk.actions.triggers.bindings.updateMany(id, { bindings: [{ ref }] });
    expect(bindings).toHaveLength(1);
    return "in its flow";
  }
  if (id === "event-stream") {
    const destination = { type: "action", configuration: { action_id } } as const;
    await sdk.eventStreams.create({ subscriptions: [{ event_type: "user.created" }], destination });
    return "by an event stream";
  }
  if (id === "custom-token-exchange") {
    const profile = { name: "shop", subject_token_type: FOREIGN_TOKEN, type: "custom_authentication" } as const;
    await sdk.tokenExchangeProfiles.create({ ...profile, action_id });
    return "by a token exchange profile";
  }
  return "by a connection";
}

async function ran(id: string, act: () => Promise<unknown>): Promise<boolean> {
  const count = () => tenant.tenant.state.actionExecutions.filter(({ trigger_id }) => trigger_id === id).length;
  const before = count();
  await act();
  // Some run apart from the request.
  if (FLOWS[id] !== undefined) await until(() => count() > before);
  return count() > before;
}

test("the page has this table, made of what each trigger does here", async () => {
  const rows: string[] = [];
  for (const id of TRIGGERS) {
    const types = Object.keys(paths).flatMap(
      (path) => new RegExp(`^@auth0/actions/${id}/(v\\d)$`).exec(path)?.[1] ?? [],
    );
    const bound = await bind(id, await deploy(id));
    const from = tenant.lines.length;
    const [words, act] = FLOWS[id] ?? REASONS[id] ?? ["", async () => {}];
    const isRun = await ran(id, act);
    expect({ id, isRun }).toEqual({ id, isRun: FLOWS[id] !== undefined });
    const isSaid = tenant.lines.slice(from).some((line) => line.includes(`1 bound to ${id} not run: `));
    expect({ id, isSaid }).toEqual({ id, isSaid: !isRun && !isEntityBound(id) });
    const checked = isDocumented(id) ? "yes, with its handler" : "yes";
    rows.push(`| \`${id}\` | ${types[0] ?? "-"} | ${checked} | ${bound} | ${isRun ? words : `no: ${words}`} |`);
  }
  const table = ["| trigger | typed | built | bound | run |", "|---|---|---|---|---|", ...rows].join("\n");
  const [shown = ""] = /^\| trigger \|.*(?:\n\|.*)+/m.exec(page) ?? [];
  expect(shown).toBe(table);
});
