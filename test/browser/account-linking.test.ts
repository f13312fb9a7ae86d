import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { type Browser, chromium, type Page } from "playwright-core";
import packageJson from "../../package.json" with { type: "json" };
import { call, managementToken } from "../support/local-tenant.ts";
import { planLogin, redeem } from "../support/log-in.ts";
import { type LoginTenant, PASSWORD, startLoginTenant } from "../support/login-tenant.ts";
import { bindActions } from "../support/tenant-with-actions.ts";
import { findChromium } from "./find-chromium.ts";

/**
 * Account linking that an application asks for, with the steps of the Action that Auth0's marketplace has for it: who is logged in asks
 * for another account, logs in to that one within the login, and the Action links it by the Management API.
 */
const LINKING = `
  const { createHash } = require("node:crypto");
  const jose = require("jose");
  const issuerOf = (event) => "https://" + event.request.hostname + "/";
  const verifierOf = ({ session, secrets, user }) =>
    createHash("sha256").update([session?.id, secrets.SALT, user.user_id].join()).digest("base64url");
  const isAsked = (event) => event.transaction?.requested_scopes.includes("link_account");
  const post = async (url, body, token) => {
    const headers = { "content-type": "application/json", ...(token && { authorization: "Bearer " + token }) };
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(url + " answered " + answer.status);
    return answer.json();
  };

  exports.onExecutePostLogin = async (event, api) => {
    if (!isAsked(event)) return;
    const issuer = issuerOf(event);
    try {
      const keys = jose.createRemoteJWKSet(new URL(".well-known/jwks.json", issuer));
      await jose.jwtVerify(event.request.query.id_token_hint ?? "", keys, {
        issuer, audience: event.client.client_id, subject: event.user.user_id, maxTokenAge: "10m",
      });
    } catch {
      return api.access.deny("The id_token_hint is not of who is logged in.");
    }
    const query = {
      client_id: event.secrets.CLIENT_ID, response_type: "code", scope: "openid", max_age: "0",
      redirect_uri: issuer + "continue", connection: event.request.query.requested_connection,
      code_challenge: createHash("sha256").update(verifierOf(event)).digest("base64url"), code_challenge_method: "S256",
    };
    api.redirect.sendUserTo(issuer + "authorize", { query });
  };

  exports.onContinuePostLogin = async (event, api) => {
    const issuer = issuerOf(event);
    const client = { client_id: event.secrets.CLIENT_ID, client_secret: event.secrets.CLIENT_SECRET };
    const { id_token } = await post(issuer + "oauth/token", {
      ...client, grant_type: "authorization_code", code: event.request.query.code,
      redirect_uri: issuer + "continue", code_verifier: verifierOf(event),
    });
    const { access_token } = await post(issuer + "oauth/token", {
      ...client, grant_type: "client_credentials", audience: issuer + "api/v2/",
    });
    const [provider, user_id] = jose.decodeJwt(id_token).sub.split("|");
    const identities = issuer + "api/v2/users/" + encodeURIComponent(event.user.user_id) + "/identities";
    await post(identities, { provider, user_id }, access_token);
  };`;

let tenant: LoginTenant;
let browser: Browser;
let page: Page;
/** Of the application only the address that a login ends at is looked at. */
let application: Server;
let callback: string;
let people = 0;

beforeAll(async () => {
  tenant = await startLoginTenant();
  application = createServer((_, response) => void response.end("back")).listen(0, "127.0.0.1");
  await once(application, "listening");
  callback = `http://127.0.0.1:${(application.address() as AddressInfo).port}/callback`;
  const { spa, web, database } = tenant;
  tenant.setClient({ ...spa, callbacks: [callback] });
  tenant.setClient({ ...web, callbacks: [`https://${tenant.domain}/continue`] });
  tenant.setConnection({ ...database, id: "con_partners0000000", name: "partners", realms: ["partners"] });
  const token = await managementToken(tenant);
  const audience = `https://${tenant.domain}/api/v2/`;
  const body = { client_id: web.client_id, audience, scope: ["update:users", "read:users"] };
  await call(tenant, "/api/v2/client-grants", { method: "POST", token, body });
  const secrets = { CLIENT_ID: web.client_id, CLIENT_SECRET: web.client_secret ?? "", SALT: "of this test" };
  const dependencies = [{ name: "jose", version: packageJson.dependencies.jose }];
  bindActions(tenant.tenant, "post-login", [{ name: "linking", code: LINKING, secrets, dependencies }]);
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
  });
});
afterAll(async () => {
  await browser?.close();
  application?.close();
  await tenant?.close();
});
beforeEach(async () => {
  people += 1;
  page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
});

const address = () => `ada${people}@example.com`;
const addAda = () => tenant.addUser(address(), { email_verified: true });

/** Other accounts are in another database, so that both can have the same address. */
async function addOther(): Promise<string> {
  const token = await managementToken(tenant);
  const body = { connection: "partners", email: address(), password: PASSWORD };
  return ((await call(tenant, "/api/v2/users", { method: "POST", token, body })).body as { user_id: string }).user_id;
}

async function enterPassword(): Promise<void> {
  await page.getByLabel(/email/i).first().fill(address());
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
}

async function logIn(): Promise<string> {
  const attempt = await planLogin(tenant, tenant.spa, { redirect_uri: callback, scope: "openid" });
  await page.goto(attempt.url.href);
  await enterPassword();
  await page.waitForURL(`${callback}**`);
  return (await redeem(attempt, new URL(page.url()))).id_token ?? "";
}

async function askToLink(id_token_hint: string) {
  const attempt = await planLogin(tenant, tenant.spa, {
    redirect_uri: callback,
    scope: "openid link_account",
    requested_connection: "partners",
    id_token_hint,
  });
  await page.goto(attempt.url.href);
  return attempt;
}

const identitiesOf = (id: string) => tenant.tenant.state.users.get(id)?.identities.map(({ connection }) => connection);

test("who is logged in links another account by logging in to it", async () => {
  const ada = await addAda();
  const other = await addOther();
  const attempt = await askToLink(await logIn());
  expect(new URL(page.url()).pathname).toBe("/u/login");
  await enterPassword();
  await page.waitForURL(`${callback}**`);

  const tokens = await redeem(attempt, new URL(page.url()));
  expect(tokens.claims()?.sub).toBe(ada.user_id);
  expect(identitiesOf(ada.user_id)).toEqual([tenant.database.name, "partners"]);
  expect(tenant.tenant.state.users.has(other)).toBe(false);
});

test("a hint of somebody else links nothing", async () => {
  const ada = await addAda();
  const other = await addOther();
  const stolen = await logIn();
  people += 1;
  await addAda();
  await page.context().clearCookies();
  await logIn();
  await askToLink(stolen);
  await page.waitForURL(`${callback}**`);
  expect(new URL(page.url()).searchParams.get("error")).toBe("access_denied");
  expect([identitiesOf(ada.user_id), identitiesOf(other)]).toEqual([[tenant.database.name], ["partners"]]);
});

test("who goes back instead of logging in keeps both accounts apart", async () => {
  const ada = await addAda();
  const other = await addOther();
  await askToLink(await logIn());
  await page.goBack();
  expect([identitiesOf(ada.user_id), identitiesOf(other)]).toEqual([[tenant.database.name], ["partners"]]);
});
