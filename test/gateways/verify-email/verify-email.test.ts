import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { Hono } from "hono";
import { createAttemptLimit } from "../../../gateways/pages/attempt-limit.ts";
import { createEmailVerification } from "../../../gateways/verify-email/email-verification.ts";
import { mountVerifyEmail } from "../../../gateways/verify-email/mount-verify-email.ts";
import { createReadSessionToken } from "../../../gateways/verify-email/session-token.ts";
import { createVerifyEmail } from "../../../gateways/verify-email/verify-email.ts";
import { type LoginTenant, startLoginTenant } from "../../support/login-tenant.ts";
import { createManagementClient } from "../../support/management-client.ts";
import { encode, signWithSecret } from "../support/issuer.ts";

const SECRET = "a session token secret of 32 bytes or more";
const PAGE = "https://app.example.com/verify-email";

let tenant: LoginTenant;
let ada: string;
let bob: string;
let app: Hono;
let logs: string[];
let now: number;

beforeAll(async () => {
  tenant = await startLoginTenant();
  ({ user_id: ada } = await tenant.addUser("ada@example.com"));
  ({ user_id: bob } = await tenant.addUser("bob@example.com"));
});
afterAll(() => tenant.close());

beforeEach(() => {
  now = tenant.clock.now();
  logs = [];
  verify(ada, false);
  app = createApp(createEmailVerification(createManagementClient(tenant)));
});

function createApp(verification: ReturnType<typeof createEmailVerification>): Hono {
  const made = new Hono();
  const url = new URL(PAGE);
  const page = createVerifyEmail({
    url,
    readSessionToken: createReadSessionToken({
      secret: SECRET,
      issuers: ["https://login.example.com/", `https://${tenant.domain}/`],
      clock: () => now,
    }),
    verification,
    limits: {
      messages: createAttemptLimit({ most: 1, every: 60_000, clock: () => now }),
      checks: createAttemptLimit({ most: 10, every: 60_000, clock: () => now }),
    },
    log: (line) => logs.push(line),
  });
  mountVerifyEmail(made, url.pathname, page);
  return made;
}

function verify(userId: string, isVerified: boolean): void {
  const { users } = tenant.tenant.state;
  users.set(userId, { ...users.get(userId)!, email_verified: isVerified });
}

/** What Auth0's encodeToken makes: `iss` is the host that the login is under way at. */
const claims = (changes: Record<string, unknown> = {}) => ({
  iat: Math.floor(now / 1000),
  exp: Math.floor(now / 1000) + 900,
  iss: new URL(`https://${tenant.domain}`).hostname,
  sub: ada,
  ip: "203.0.113.9",
  ...changes,
});
const tokenFor = (changes: Record<string, unknown> = {}, secret = SECRET) =>
  signWithSecret(secret, claims(changes), {});

const show = (token: string, state = "st") =>
  app.request(`${PAGE}?${new URLSearchParams({ session_token: token, state })}`);
const post = (step: string, token = tokenFor(), headers: Record<string, string> = { origin: new URL(PAGE).origin }) =>
  app.request(PAGE, {
    method: "POST",
    headers,
    body: new URLSearchParams({ step, session_token: token, state: "s&t" }),
  });
const messages = () => tenant.lines.filter((line) => /verif/i.test(line)).length;

test("explains, with two forms that carry on what came, and no script, frame, cache or foreign source", async () => {
  const answer = await show(tokenFor());
  expect([answer.status, Object.fromEntries(answer.headers)]).toEqual([
    200,
    expect.objectContaining({
      "content-security-policy": expect.stringMatching(
        /^default-src 'none'; style-src 'self';.* frame-ancestors 'none'$/,
      ),
      "x-frame-options": "DENY",
      "cache-control": "no-store",
    }),
  ]);
  const page = await answer.text();
  expect(page.match(/<form method="post" action="\/verify-email">/g)).toHaveLength(2);
  expect(page).not.toMatch(/<script|https?:|ada@example\.com/);
  expect((await app.request(`${PAGE}/styles.css`)).headers.get("content-type")).toBe("text/css; charset=utf-8");
});

describe("a token that is not the Action's, for a login that waits, gets no form and sends nothing:", () => {
  test.each<[string, () => string]>([
    ["none", () => ""],
    ["of another secret", () => tokenFor({}, "another session token secret of 32 bytes")],
    ["not signed", () => `${encode({ alg: "none", typ: "JWT" })}.${encode(claims())}.`],
    ["expired", () => tokenFor({ exp: Math.floor(now / 1000) - 1 })],
    ["without an end", () => tokenFor({ exp: undefined })],
    ["about nobody", () => tokenFor({ sub: undefined })],
    ["of another tenant", () => tokenFor({ iss: "tenant.attacker.example" })],
    ["of no tenant", () => tokenFor({ iss: undefined })],
  ])("%s", async (_token, make) => {
    const before = messages();
    for (const answer of [await show(make()), await post("send", make()), await post("continue", make())]) {
      expect([answer.status, await answer.text()]).toEqual([400, expect.not.stringContaining("<form")]);
    }
    expect(messages()).toBe(before);
  });

  test("or one without the login's state", async () => {
    expect((await show(tokenFor(), "")).status).toBe(400);
  });
});

describe("sends the message again", () => {
  test("through the Management API's job, once a minute for a user", async () => {
    const before = messages();
    const sent = await post("send");
    expect([logs, await sent.text()]).toEqual([[], expect.stringContaining("The message is on its way.")]);
    const again = await post("send");
    expect([again.status, await again.text()]).toEqual([429, expect.stringContaining("Wait a minute")]);
    expect((await post("send", tokenFor({ sub: bob }))).status).toBe(200);
    expect(messages() - before).toBe(2);
    now += 60_000;
    expect((await post("send")).status).toBe(200);
  });

  test.each([
    { origin: "https://attacker.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ])("not for a form of another origin: %j", async (headers) => {
    const before = messages();
    expect((await post("send", tokenFor(), headers as Record<string, string>)).status).toBe(403);
    expect(messages()).toBe(before);
  });
});

describe("continues", () => {
  test("at the tenant's /continue with the login's state, once Auth0 says that the address is verified", async () => {
    const early = await post("continue");
    expect([early.status, await early.text()]).toEqual([200, expect.stringContaining("not verified yet")]);
    verify(ada, true);
    const answer = await post("continue");
    expect([answer.status, answer.headers.get("location")]).toEqual([
      303,
      `https://${tenant.domain}/continue?state=s%26t`,
    ]);
  });

  test("at the custom domain, where the login is under way there", async () => {
    verify(ada, true);
    const answer = await post("continue", tokenFor({ iss: "login.example.com" }));
    expect(answer.headers.get("location")).toBe("https://login.example.com/continue?state=s%26t");
  });

  test("asks Auth0 ten times a minute at most", async () => {
    const statuses = [];
    for (let asked = 0; asked < 11; asked++) statuses.push((await post("continue")).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
  });
});

test.each(["send", "continue"])("%s says so when Auth0 does not answer, and logs nothing of the user", async (step) => {
  const failure = Object.assign(new Error("no job for ada@example.com"), { statusCode: 500 });
  const fail = () => Promise.reject(failure);
  app = createApp({ isVerified: fail, send: fail });
  const answer = await post(step);
  expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining("Try again in a minute")]);
  expect(logs).toEqual(["verify-email: Auth0 does not do what is asked: Error 500"]);
});

test("a script in the state or the token is shown as text", async () => {
  const page = await (await show(tokenFor(), '"><script>alert(1)</script>')).text();
  expect(page).toContain("&lt;script&gt;");
  expect(page).not.toContain("<script");
});
