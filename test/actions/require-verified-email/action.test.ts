import { describe, expect, test } from "@jest/globals";
import * as action from "../../../actions/require-verified-email/action.ts";
import { LOGIN_FAILED } from "../../../actions/shared/fail-closed.ts";
import { buildEvent, EMAIL, type EventChanges, type LoginKind, NOW } from "../../support/actions/event.ts";
import { runAction } from "../../support/actions/run-action.ts";

const NOT_VERIFIED = "Please verify your email address, then log in again.";
const SECRET = "0123456789abcdef0123456789abcdef";

const SECRETS = {
  VERIFY_EMAIL_SINCE: "2026-11-01",
  VERIFY_EMAIL_URL: "https://app.example.com/verify?lang=en",
  SESSION_TOKEN_SECRET: SECRET,
};
const UNVERIFIED: EventChanges = { user: { email_verified: false } };

const run = (kind: LoginKind, ...changes: EventChanges[]) =>
  runAction(action, buildEvent(kind, { secrets: SECRETS }, ...changes));

const readPayload = (token: string | null | undefined) =>
  JSON.parse(Buffer.from(token?.split(".")[1] ?? "", "base64url").toString()) as Record<string, unknown>;

describe("a login whose email is not verified", () => {
  test.each<[LoginKind]>([
    ["database"],
    ["social"],
    ["silent"],
    ["password grant"],
    ["device"],
    ["organization"],
    ["no audience"],
  ])("is sent to the verification page: %s", async (kind) => {
    const { redirectedTo, step } = await run(kind, UNVERIFIED);
    expect(step.type).toBe("redirect");
    expect(redirectedTo?.origin).toBe("https://app.example.com");
    expect(redirectedTo?.searchParams.get("lang")).toBe("en");
  });

  const corp = [{ provider: "samlp", user_id: "corp|ada", connection: "corp", isSocial: false }];
  const github = [{ provider: "github", user_id: "7", connection: "github", isSocial: true }];
  const ofCorp = { user: { user_id: "samlp|corp|ada", identities: corp, email_verified: false } };
  const ofGithub = { user: { user_id: "github|7", identities: github, email_verified: false } };

  test.each<[string, EventChanges, EventChanges]>([
    ["a company's directory, whose people cannot verify it", ofCorp, {}],
    ["a strategy that is trusted", ofGithub, { secrets: { TRUSTED_EMAIL_CONNECTIONS: "samlp, github" } }],
    ["a connection that is trusted by its name", ofCorp, { secrets: { TRUSTED_EMAIL_CONNECTIONS: "corp" } }],
  ])("passes where the word for it is that of %s", async (_case, user, changes) => {
    expect((await run("enterprise", user, changes)).effects).toEqual([]);
  });

  test.each<[string, EventChanges, EventChanges]>([
    ["nobody is trusted", ofCorp, { secrets: { TRUSTED_EMAIL_CONNECTIONS: "none" } }],
    ["others are trusted", ofCorp, { secrets: { TRUSTED_EMAIL_CONNECTIONS: "waad,corp2" } }],
    ["the name only begins alike", ofCorp, { secrets: { TRUSTED_EMAIL_CONNECTIONS: "sam" } }],
    ["the email is another identity's", { user: { identities: corp, email_verified: false } }, {}],
    ["there are no identities", { user: { identities: undefined, email_verified: false } }, {}],
  ])("is sent there, through an enterprise connection too, where %s", async (_case, user, changes) => {
    expect((await run("enterprise", { user: { user_id: "auth0|ada" } }, user, changes)).step.type).toBe("redirect");
  });

  test("carries a session token of 15 minutes that names the user and not the email", async () => {
    const { redirectedTo } = await run("database", UNVERIFIED);
    const token = redirectedTo?.searchParams.get("session_token");
    expect(readPayload(token)).toEqual({
      iat: NOW / 1000,
      iss: "example.eu.auth0.com",
      sub: "auth0|ada",
      exp: NOW / 1000 + 900,
      ip: "127.0.0.1",
    });
    expect(redirectedTo?.href).not.toContain(encodeURIComponent(EMAIL));
  });

  test.each<[string, EventChanges]>([
    ["created in the first moment of the day", { user: { email_verified: false, created_at: "2026-11-01T00:00:00Z" } }],
    ["with a date of creation that cannot be read", { user: { email_verified: false, created_at: "yesterday" } }],
    ["that the connection says nothing about", { user: { email_verified: undefined } }],
    [
      "that was created long ago, when no date is set",
      {
        secrets: { VERIFY_EMAIL_SINCE: undefined },
        user: { email_verified: false, created_at: "2019-01-01T00:00:00Z" },
      },
    ],
    [
      "that was created long ago, when the date is blank",
      {
        secrets: { VERIFY_EMAIL_SINCE: " " },
        user: { email_verified: false, created_at: "2019-01-01T00:00:00Z" },
      },
    ],
  ])("waits for a user %s", async (_state, changes) => {
    expect((await run("database", changes)).step.type).toBe("redirect");
  });

  test.each([[undefined], [""]])("is denied where there is no page (%p)", async (url) => {
    const { denied, logs } = await run("database", UNVERIFIED, { secrets: { VERIFY_EMAIL_URL: url } });
    expect(denied).toBe(NOT_VERIFIED);
    expect(logs).toEqual(["require-verified-email: denied, the email is not verified and VERIFY_EMAIL_URL is not set"]);
  });
});

describe("a login goes on", () => {
  test.each<[string, LoginKind, EventChanges]>([
    ["with a verified email", "database", {}],
    ["with a verified email, in silence", "silent", {}],
    ["without an email", "SMS without email", {}],
    ["with an empty email", "database", { user: { email: "", email_verified: false } }],
    [
      "of a user from before that day",
      "database",
      { user: { ...UNVERIFIED.user, created_at: "2026-10-31T23:59:59Z" } },
    ],
    ["that only renews a token", "refresh exchange", UNVERIFIED],
    ["with a verified email, although a setting is wrong", "database", { secrets: { VERIFY_EMAIL_SINCE: "soon" } }],
    [
      "that only renews a token, although a setting is wrong",
      "refresh exchange",
      { ...UNVERIFIED, secrets: { VERIFY_EMAIL_SINCE: "soon" } },
    ],
  ])("%s", async (_state, kind, changes) => {
    const { effects, logs } = await run(kind, changes);
    expect(effects).toEqual([]);
    expect(logs).toEqual([]);
  });
});

describe("a wrong setting denies the login that it decides about and is named in the log", () => {
  test.each([
    ["VERIFY_EMAIL_SINCE", "2026-13-01"],
    ["VERIFY_EMAIL_SINCE", "2026-02-30"],
    ["VERIFY_EMAIL_SINCE", "1735689600"],
    ["VERIFY_EMAIL_SINCE", "2026-01-01T12:00"],
    ["VERIFY_EMAIL_URL", "/verify"],
    ["VERIFY_EMAIL_URL", "javascript:alert(1)"],
    ["VERIFY_EMAIL_URL", "http://app.example.com/verify"],
    ["SESSION_TOKEN_SECRET", ""],
    ["SESSION_TOKEN_SECRET", "short-and-guessable"],
    // RFC 7518 §3.2: a key of HS256 has 256 bits or more.
    ["SESSION_TOKEN_SECRET", "0123456789abcdef0123456789abcde"],
    ["SESSION_TOKEN_SECRET", "äöüß0123456789abcdef0123456"],
  ])("%s=%s", async (name, value) => {
    const { denied, logs } = await run("database", UNVERIFIED, { secrets: { [name]: value } });
    expect(denied).toBe(LOGIN_FAILED);
    expect(logs).toHaveLength(1);
    expect(logs[0]).toMatch(new RegExp(`^require-verified-email: bad_setting: ${name} `));
    expect(value === "" || !logs[0]?.includes(value)).toBe(true);
  });
});

describe("back from the verification page", () => {
  const comeBack = (changes: EventChanges) =>
    runAction(action, buildEvent("database", { secrets: SECRETS }, changes), { entryPoint: "onContinuePostLogin" });

  test("the login goes on if Auth0 now has the email as verified", async () => {
    expect((await comeBack({})).effects).toEqual([]);
  });

  test.each<[string, EventChanges]>([
    ["the email is still not verified", UNVERIFIED],
    ["the query claims that it is", { ...UNVERIFIED, request: { query: { email_verified: "true", state: "s" } } }],
    ["the body claims that it is", { ...UNVERIFIED, request: { body: { email_verified: true } } }],
    ["the email is said to be verified in words", { user: { email_verified: "true" as unknown as boolean } }],
    [
      "the user's metadata claims that it is",
      { user: { email_verified: false, user_metadata: { email_verified: true } } },
    ],
  ])("the login is denied if %s", async (_state, changes) => {
    const { denied, logs } = await comeBack(changes);
    expect(denied).toBe(NOT_VERIFIED);
    expect(logs.join()).not.toContain(EMAIL);
  });
});
