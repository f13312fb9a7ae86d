import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Management, ManagementClient } from "auth0";
import { call } from "../../../support/local-tenant.ts";
import { logIn } from "../../../support/log-in.ts";
import { type LoginTenant, startLoginTenant } from "../../../support/login-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";

type Linked = Management.VerifyEmailTicketRequestContent;

/** What an application calls after its users' logins: their sessions, their refresh tokens, links for their mails. */
let tenant: LoginTenant;
let sdk: ManagementClient;
let userId: string;
beforeAll(async () => {
  tenant = await startLoginTenant();
  sdk = createManagementClient(tenant);
});
afterAll(() => tenant.close());
let people = 0;
let email: string;
beforeEach(async () => {
  people += 1;
  email = `ada${people}@example.com`;
  userId = (await tenant.addUser(email)).user_id;
});

const GONE = { statusCode: 404, body: { errorCode: expect.stringMatching(/^inexistent_/) } };

describe("a user's sessions", () => {
  test("are listed and read by their id", async () => {
    await logIn(tenant, tenant.spa, email);
    const { data } = await sdk.users.sessions.list(userId);
    expect(data).toEqual([
      expect.objectContaining({
        user_id: userId,
        clients: [{ client_id: tenant.spa.client_id }],
        authentication: { methods: [{ name: "pwd", timestamp: expect.stringMatching(/^\d{4}-.*Z$/) }] },
        expires_at: expect.stringMatching(/^\d{4}-.*Z$/),
      }),
    ]);
    expect(JSON.stringify(data)).not.toContain("secret");
    expect(await sdk.sessions.get(data[0]?.id ?? "")).toEqual(data[0]);
  });

  test.each<[string, (id: string) => Promise<unknown>, number]>([
    ["deleted, which leaves the refresh token", (id) => sdk.sessions.delete(id), 1],
    ["revoked, with its refresh token", (id) => sdk.sessions.revoke(id), 0],
    ["deleted all at once", () => sdk.users.sessions.delete(userId), 1],
    ["ended with all access", () => sdk.users.revokeAccess(userId, {}), 0],
    [
      "ended by name, sparing the token",
      (id) => sdk.users.revokeAccess(userId, { session_id: id, preserve_refresh_tokens: true }),
      1,
    ],
  ])("can be %s", async (_how, end, tokensLeft) => {
    await logIn(tenant, tenant.spa, email);
    const [session] = (await sdk.users.sessions.list(userId)).data;
    await end(session?.id ?? "");
    expect((await sdk.users.sessions.list(userId)).data).toEqual([]);
    await expect(sdk.sessions.get(session?.id ?? "")).rejects.toMatchObject(GONE);
    expect((await sdk.users.refreshToken.list(userId)).data).toHaveLength(tokensLeft);
  });
});

describe("a user's refresh tokens", () => {
  test("are listed and read by their id, without the token", async () => {
    const { tokens } = await logIn(tenant, tenant.spa, email);
    const { data } = await sdk.users.refreshToken.list(userId);
    expect(data).toEqual([
      expect.objectContaining({
        user_id: userId,
        client_id: tenant.spa.client_id,
        rotating: true,
        resource_servers: [{ audience: tenant.api.identifier, scopes: "openid profile email offline_access" }],
      }),
    ]);
    expect(JSON.stringify(data)).not.toContain(tokens.refresh_token);
    expect(await sdk.refreshTokens.get(data[0]?.id ?? "")).toEqual(data[0]);
  });

  test.each<[string, (id: string) => Promise<unknown>]>([
    ["one", (id) => sdk.refreshTokens.delete(id)],
    ["all", () => sdk.users.refreshToken.delete(userId)],
  ])("can be deleted, %s, and bring nothing any more", async (_which, remove) => {
    const { tokens } = await logIn(tenant, tenant.spa, email);
    const [token] = (await sdk.users.refreshToken.list(userId)).data;
    await remove(token?.id ?? "");
    await expect(sdk.refreshTokens.get(token?.id ?? "")).rejects.toMatchObject(GONE);
    const body = { grant_type: "refresh_token", client_id: tenant.spa.client_id, refresh_token: tokens.refresh_token };
    expect(await call(tenant, "/oauth/token", { method: "POST", body })).toMatchObject({ status: 403 });
  });
});

test.each([
  () => sdk.users.sessions.list("auth0|none"),
  () => sdk.users.refreshToken.delete("auth0|none"),
  () => sdk.tickets.verifyEmail({ user_id: "auth0|none" }),
  () => sdk.tickets.changePassword({ user_id: "auth0|none" }),
  () => sdk.jobs.verificationEmail.create({ user_id: "auth0|none" }),
])("nothing is there of a user who is not: %s", async (ask) => {
  await expect(ask()).rejects.toMatchObject({ statusCode: 404 });
});

describe("a ticket", () => {
  const isVerified = () => tenant.tenant.state.users.get(userId)?.email_verified;
  const open = (url: string) => tenant.browser().open(url);

  test("to verify the email address is a link that does so once", async () => {
    tenant.tenant.state.users.set(userId, { ...tenant.tenant.state.users.get(userId)!, email_verified: false });
    const { ticket } = await sdk.tickets.verifyEmail({ user_id: userId });
    expect((await open(ticket)).text).toContain(">Your email address was successfully verified.<");
    expect(isVerified()).toBe(true);
    const again = await open(ticket);
    expect(again.text).toContain("This URL can be used only once, or it has expired.");
    expect(again.status).toBe(400);
  });

  test.each<[string, () => Promise<{ ticket: string }>]>([
    ["by the user's id", () => sdk.tickets.changePassword({ user_id: userId })],
    ["by the email in a connection", () => sdk.tickets.changePassword({ connection_id: tenant.database.id, email })],
  ])("to change the password, %s, leads to the form for it", async (_how, make) => {
    const { ticket } = await make();
    expect(ticket).toMatch(new RegExp(`^https://${tenant.domain}/u/reset-password\\?ticket=`));
    expect((await open(ticket)).text).toContain("Enter a new password below");
  });

  test("is good for as long as it was made for", async () => {
    const { ticket } = await sdk.tickets.changePassword({ user_id: userId, ttl_sec: 60 });
    tenant.clock.advance(60_000);
    expect((await open(ticket)).text).toContain("This URL can be used only once, or it has expired.");
  });

  test.each([
    [true, true],
    [false, false],
  ])("to change the password marks the email as verified where it says so: %s", async (asked, expected) => {
    tenant.tenant.state.users.set(userId, { ...tenant.tenant.state.users.get(userId)!, email_verified: false });
    const { ticket } = await sdk.tickets.changePassword({ user_id: userId, mark_email_as_verified: asked });
    const browser = tenant.browser();
    const page = await browser.open(ticket);
    const done = await browser.submit(page, { password: "Another-horse-2" });
    expect(done.text).toContain("Your password has been changed successfully.");
    expect(isVerified()).toBe(expected);
  });

  test("is not made for longer than 5 days, which nothing here follows", async () => {
    await expect(sdk.tickets.changePassword({ user_id: userId, ttl_sec: 432_001 })).rejects.toMatchObject({
      statusCode: 400,
      body: { errorCode: "not_implemented_locally", message: expect.stringContaining("ttl_sec") },
    });
  });

  test.each([
    ["a ticket", (given: Linked) => sdk.tickets.verifyEmail(given)],
    ["a mail", (given: Linked) => sdk.jobs.verificationEmail.create(given)],
  ])("%s for the address of a linked account is refused by name", async (_what, ask) => {
    const given: Linked = { user_id: userId, identity: { provider: "google-oauth2", user_id: "1" } };
    await expect(ask(given)).rejects.toMatchObject({ body: { errorCode: "not_implemented_locally" } });
    const [provider, user_id] = userId.split("|") as ["auth0", string];
    await expect(ask({ user_id: userId, identity: { provider, user_id } })).resolves.toBeDefined();
  });

  test.each<[string, object]>([
    ["nobody", {}],
    ["an email without its connection", { email: "ada@example.com" }],
  ])("for %s is refused", async (_whom, fields) => {
    await expect(sdk.tickets.changePassword(fields)).rejects.toMatchObject({ statusCode: 400 });
  });
});

test("a verification mail is a job, whose link is in the server's log", async () => {
  const job = await sdk.jobs.verificationEmail.create({ user_id: userId });
  expect(job).toMatchObject({ type: "verification_email", status: "pending", id: expect.stringMatching(/^job_/) });
  expect(tenant.lines.at(-1)).toContain(`${userId}: verify the email address at https://`);
  expect(await sdk.jobs.get(job.id)).toMatchObject({ id: job.id, status: "completed", type: "verification_email" });
  await expect(sdk.jobs.get("job_none")).rejects.toMatchObject({ statusCode: 404 });
});
