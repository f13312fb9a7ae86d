import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { decodeJwt } from "jose";
import { call } from "../../../support/local-tenant.ts";
import { logIn } from "../../../support/log-in.ts";
import { API, type LoginTenant, PASSWORD, startLoginTenant } from "../../../support/login-tenant.ts";
import { bindActions } from "../../../support/tenant-with-actions.ts";

/** Public Actions make the issuer out of the request, to check a token of this tenant or to ask for its keys. */
const CLAIM = "https://shop.example/issuer";
const ISSUER = '"https://" + event.request.hostname + "/"';

let tenant: LoginTenant;
beforeAll(async () => {
  tenant = await startLoginTenant();
  await tenant.addUser("ada@example.com");
});
afterAll(() => tenant.close());

const send = (path: string, body: object) => call(tenant, path, { method: "POST", body });

test("an Action finds the issuer of a login by the request's host", async () => {
  tenant.bind(`api.accessToken.setCustomClaim("${CLAIM}", ${ISSUER});`);
  const { tokens } = await logIn(tenant, tenant.web, "ada@example.com");
  const claims = decodeJwt(tokens.access_token);
  expect(claims[CLAIM]).toBe(claims.iss);
});

test("and of a machine's token", async () => {
  const code = `exports.onExecuteCredentialsExchange = async (event, api) => api.accessToken.setCustomClaim("${CLAIM}", ${ISSUER});`;
  bindActions(tenant.tenant, "credentials-exchange", [{ code }]);
  const { client_id, client_secret } = tenant.web;
  tenant.tenant.state.clientGrants.set("cgr_machine000000", {
    id: "cgr_machine000000",
    client_id,
    audience: API,
    scope: ["get:users"],
    subject_type: "client",
  });
  const machine = { client_id, client_secret, grant_type: "client_credentials", audience: API };
  const { body } = await send("/oauth/token", machine);
  const claims = decodeJwt((body as { access_token: string }).access_token);
  expect(claims[CLAIM]).toBe(claims.iss);
});

test("and of who signs up", async () => {
  const code = `exports.onExecutePreUserRegistration = async (event, api) => api.user.setUserMetadata("issuer", ${ISSUER});`;
  bindActions(tenant.tenant, "pre-user-registration", [{ code }]);
  const { client_id } = tenant.web;
  const person = { email: "eve@example.com", password: PASSWORD, connection: tenant.database.name };
  await send("/dbconnections/signup", { client_id, ...person });
  const eve = tenant.tenant.state.users.find(({ email }) => email === person.email);
  expect(eve?.user_metadata).toEqual({ issuer: `https://${tenant.domain}/` });
});
