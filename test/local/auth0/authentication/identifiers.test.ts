import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { decodeJwt } from "jose";
import { call } from "../../../support/local-tenant.ts";
import { planLogin, redeem } from "../../../support/log-in.ts";
import { type LoginTenant, PASSWORD, startLoginTenant } from "../../../support/login-tenant.ts";

/** Auth0's flexible identifiers: what the `attributes` of a database say that people sign up and log in by. */
const BY_USERNAME = { username: { identifier: { active: true }, signup: { status: "required" } } };
const BY_PHONE = { phone_number: { identifier: { active: true }, signup: { status: "required" } } };
const OPTIONAL_EMAIL = { email: { identifier: { active: true }, signup: { status: "optional" } } };

describe("a database whose people", () => {
  let tenant: LoginTenant;
  beforeAll(async () => {
    tenant = await startLoginTenant();
  });
  afterAll(() => tenant.close());

  const use = (attributes: object) => tenant.setConnection({ ...tenant.database, options: { attributes } });

  async function signUp(fields: Readonly<Record<string, string>>) {
    const browser = tenant.browser();
    const attempt = await planLogin(tenant, tenant.spa, { screen_hint: "signup" });
    const page = await browser.open(attempt.url.href);
    return { attempt, page, answer: await browser.submit(page, { ...fields, password: PASSWORD }, "password") };
  }

  test.each<[string, object, Readonly<Record<string, string>>, string, object]>([
    ["a username", BY_USERNAME, { username: "ada" }, "ada", { username: "ada" }],
    ["a phone number", BY_PHONE, { phone_number: "+14155550100" }, "+14155550100", { phone_verified: false }],
    [
      "a username, and no email though they may",
      { ...BY_USERNAME, ...OPTIONAL_EMAIL },
      { username: "eve", email: "" },
      "eve",
      { username: "eve" },
    ],
    [
      "a username, and an email as they like",
      { ...BY_USERNAME, ...OPTIONAL_EMAIL },
      { username: "zoe", email: "zoe@example.com" },
      "zoe@example.com",
      { username: "zoe", email_verified: false },
    ],
  ])("have %s sign up and log in by it", async (_what, attributes, fields, name, stored) => {
    use(attributes);
    const { attempt, answer } = await signUp(fields);
    const { sub } = decodeJwt((await redeem(attempt, answer.url)).id_token!);
    const user = tenant.tenant.state.users.get(String(sub));
    expect(user).toMatchObject(stored);
    expect(user?.email).toBe(fields.email || undefined);
    const again = await planLogin(tenant, tenant.spa);
    const browser = tenant.browser();
    const page = await browser.open(again.url.href);
    const { url } = await browser.submit(page, { username: name, password: PASSWORD }, "password");
    expect(decodeJwt((await redeem(again, url)).id_token!).sub).toBe(sub);
  });

  test.each<[object, Readonly<Record<string, string>>, string]>([
    [BY_PHONE, { phone_number: "4155550100" }, "Phone number is not valid."],
    [BY_USERNAME, { username: "" }, "Username is not valid."],
    [OPTIONAL_EMAIL, { email: "" }, "Email is not valid."],
  ])("are asked by %j refuse %j", async (attributes, fields, fault) => {
    use(attributes);
    const { answer } = await signUp(fields);
    expect(answer).toMatchObject({ status: 400, text: expect.stringContaining(fault) });
  });

  test("have a username sign up through /dbconnections/signup, once", async () => {
    use(BY_USERNAME);
    const { client_id } = tenant.spa;
    const body = { client_id, connection: tenant.database.name, username: "joe", password: PASSWORD };
    const send = () => call(tenant, "/dbconnections/signup", { method: "POST", body });
    expect(await send()).toMatchObject({ status: 200, body: { username: "joe" } });
    expect(await send()).toMatchObject({ status: 400 });
  });
});
