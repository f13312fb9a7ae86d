import { expect, test } from "@jest/globals";
import { isEmailTrusted } from "../../../actions/shared/trusted-email.ts";

/** A user of one connection, whose email nobody has verified. */
const buildUser = (strategy: string, connection: string) => ({
  user_id: `${strategy}|7`,
  email: "ada@example.org",
  email_verified: false,
  app_metadata: {},
  identities: [{ provider: strategy, user_id: "7", connection, isSocial: false }],
});
const ask = (strategy: string, setting?: string, connection = "corp") =>
  isEmailTrusted({ user: buildUser(strategy, connection), secrets: { TRUSTED_EMAIL_CONNECTIONS: setting } });

test.each(["samlp", "waad", "oidc", "okta", "adfs", "ad", "pingfederate"])(
  "the word of an enterprise connection is taken for an email that Auth0 cannot verify: %s",
  (strategy) => {
    expect([ask(strategy), ask(strategy, "none"), ask(strategy, "github")]).toEqual([true, false, false]);
  },
);

test.each(["auth0", "google-oauth2", "github", "oauth2", "sms", "email", "custom", "oid", "samlp2", ""])(
  "nobody else's is, unless a setting names the connection or its strategy: %s",
  (strategy) => {
    expect(ask(strategy)).toBe(false);
    expect(ask(strategy, "other, corp")).toBe(true);
    expect(ask(strategy, "corporation,cor")).toBe(false);
  },
);

test("of a username and password database of one's own, whose people cannot verify, it is taken by the database's name", () => {
  expect(ask("auth0", "samlp,Legacy-Users", "Legacy-Users")).toBe(true);
  expect(ask("auth0", "samlp,Legacy-Users", "Username-Password-Authentication")).toBe(false);
});

test("of accounts that were linked it is the first one's, whose email the profile has", () => {
  const [own] = buildUser("auth0", "Username-Password-Authentication").identities;
  const [linked] = buildUser("okta", "corp").identities;
  const user = { ...buildUser("auth0", ""), identities: [linked!, own!] };
  expect(isEmailTrusted({ user, secrets: {} })).toBe(false);
  expect(isEmailTrusted({ user: { ...user, user_id: "okta|7" }, secrets: {} })).toBe(true);
});
