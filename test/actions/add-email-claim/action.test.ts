import type { Event, PostLoginAPI } from "@auth0/actions/post-login/v3";
import { describe, expect, test } from "@jest/globals";
import * as action from "../../../actions/add-email-claim/action.ts";
import { LOGIN_FAILED } from "../../../actions/shared/fail-closed.ts";
import { API_IDENTIFIER, buildEvent, EMAIL, type EventChanges, type LoginKind } from "../../support/actions/event.ts";
import { runAction } from "../../support/actions/run-action.ts";

const run = (kind: LoginKind, ...changes: EventChanges[]) => runAction(action, buildEvent(kind, ...changes));

const linked = (stripe_customer_linked_to: unknown, stripe_customer_id: unknown = "cus_1"): EventChanges => ({
  user: { app_metadata: { stripe_customer_id, stripe_customer_linked_to } },
});

describe("the claim of the customer who pays", () => {
  const inOrganization = (metadata: Record<string, string>): EventChanges =>
    ({ organization: { id: "org_1", name: "acme", display_name: "Acme", metadata } }) as EventChanges;

  test.each<[string, LoginKind, EventChanges, string | undefined]>([
    [
      "the organization's, for a login to it",
      "organization",
      inOrganization({ stripe_customer_id: "cus_org" }),
      "cus_org",
    ],
    [
      "the organization's, when that token is renewed",
      "refresh exchange",
      inOrganization({ stripe_customer_id: "cus_org" }),
      "cus_org",
    ],
    ["the user's, where the organization has none", "organization", inOrganization({}), "cus_1"],
    ["the user's, where what it has is none", "organization", inOrganization({ stripe_customer_id: "free" }), "cus_1"],
    ["the user's, outside of it", "database", {}, "cus_1"],
  ])("is %s", async (_case, kind, changes, expected) => {
    const { claims } = await run(kind, linked("auth0|ada"), changes);
    expect(claims["https://api.example.com/stripe_customer_id"]).toBe(expected);
  });

  test("is the organization's also for a user who has none", async () => {
    const { claims } = await run("organization", inOrganization({ stripe_customer_id: "cus_org" }));
    expect(claims["https://api.example.com/stripe_customer_id"]).toBe("cus_org");
  });
});

describe("the access token carries the email under the name of its audience", () => {
  test.each<[LoginKind]>([
    ["database"],
    ["social"],
    ["enterprise"],
    ["refresh exchange"],
    ["silent"],
    ["password grant"],
    ["device"],
    ["organization"],
  ])("%s", async (kind) => {
    const { claims, idTokenClaims } = await run(kind);
    expect(claims).toEqual({
      "https://api.example.com/email": EMAIL,
      "https://api.example.com/email_verified": true,
    });
    expect(idTokenClaims).toEqual({});
  });

  test.each([[false], [undefined], ["true" as unknown as boolean]])(
    "an email_verified of %p is false",
    async (email_verified) => {
      const { claims } = await run("database", { user: { email_verified } });
      expect(claims["https://api.example.com/email_verified"]).toBe(false);
    },
  );

  test.each([
    ["its name is not an address", "urn:example/"],
    ["its name has a blank", "example api/"],
    ["its host ends in the letters of Auth0's", "https://notauth0.com/"],
    ["its host begins with Auth0's", "https://tenant.auth0.com.example.org/"],
    ["its path has Auth0's host", "https://api.example.org/tenant.auth0.com/"],
  ])("an API is custom although %s", async (_, name) => {
    const { claims } = await run("database", { resource_server: { identifier: name } });
    expect(claims).toEqual({ [`${name}email`]: EMAIL, [`${name}email_verified`]: true });
  });
});

describe("an API that cannot be renamed", () => {
  const ADOPTED = "urn:ledger-api";
  const secrets = { API_IDENTIFIER: ADOPTED, CLAIM_NAMESPACE: "https://ledger.example/claims/" };
  const askedFor = (identifier: string): EventChanges => ({ resource_server: { identifier }, secrets });

  test("has its claims under the namespace of the setting", async () => {
    const { claims } = await run("database", askedFor(ADOPTED), linked("auth0|ada"));
    expect(claims).toEqual({
      "https://ledger.example/claims/email": EMAIL,
      "https://ledger.example/claims/email_verified": true,
      "https://ledger.example/claims/stripe_customer_id": "cus_1",
    });
  });

  test("keeps them to itself: other APIs' claims are named after those", async () => {
    const { claims } = await run("database", askedFor("https://api.example.com/"));
    expect(Object.keys(claims)).toEqual(["https://api.example.com/email", "https://api.example.com/email_verified"]);
    expect((await run("database", askedFor("urn:other"))).claims).toEqual({});
  });

  test.each([
    ["not a URL", "ledger/"],
    ["not https", "http://ledger.example/"],
    ["of this machine without https", "http://localhost/"],
    ["without a slash at the end", "https://ledger.example"],
    ["one of Auth0's own, which drops the claims", "https://tenant.eu.auth0.com/"],
    ["one of Auth0's own by its domain alone", "https://webtask.run/"],
  ])("denies every login when the namespace is %s, and logs why", async (_, CLAIM_NAMESPACE) => {
    const { denied, logs } = await run("database", askedFor(ADOPTED), { secrets: { ...secrets, CLAIM_NAMESPACE } });
    expect(denied).toBe(LOGIN_FAILED);
    expect(logs.join()).toContain("CLAIM_NAMESPACE");
  });

  test("denies every login when nobody says which API it is", async () => {
    const { denied, logs } = await run("database", {
      resource_server: { identifier: ADOPTED },
      secrets: { CLAIM_NAMESPACE: secrets.CLAIM_NAMESPACE },
    });
    expect(denied).toBe(LOGIN_FAILED);
    expect(logs.join()).toContain("API_IDENTIFIER");
  });
});

describe("the Stripe customer beside it", () => {
  test.each<[string, EventChanges, string | undefined]>([
    ["is this user's", linked("auth0|ada"), "cus_1"],
    ["was linked before links were marked", linked(undefined), "cus_1"],
    ["was made for somebody else", linked("auth0|eve"), undefined],
    ["has a mark that is not a user", linked(null), undefined],
    ["is not text", linked("auth0|ada", 7), undefined],
    ["is not there", {}, undefined],
    [
      "is not there, nor any metadata",
      { user: { app_metadata: null as unknown as Record<string, unknown> } },
      undefined,
    ],
  ])("%s", async (_state, changes, expected) => {
    const { claims, denied } = await run("database", changes);
    expect(claims["https://api.example.com/stripe_customer_id"]).toBe(expected);
    expect(denied).toBeUndefined();
  });
});

test("a customer that an earlier Action of the same login has linked is on the token at once", async () => {
  const linking = {
    onExecutePostLogin: async (event: Event, api: PostLoginAPI) => {
      api.user.setAppMetadata("stripe_customer_id", "cus_9");
      api.user.setAppMetadata("stripe_customer_linked_to", event.user.user_id);
    },
  };
  const { nextEvent, transaction } = await runAction(linking, buildEvent());
  const { claims } = await runAction(action, nextEvent, { transaction });
  expect(claims["https://api.example.com/stripe_customer_id"]).toBe("cus_9");
});

describe("no claim at all", () => {
  test.each<[string, LoginKind, EventChanges]>([
    ["without an audience", "no audience", {}],
    ["without an email", "SMS without email", linked("sms|1")],
    ["with an empty email", "database", { user: { email: "" } }],
    [
      "for an audience without a slash at the end",
      "database",
      { resource_server: { identifier: "https://api.example.com" } },
    ],
    ["for the Management API", "database", { resource_server: { identifier: "https://example.eu.auth0.com/api/v2/" } }],
    [
      "for the Management API of another tenant",
      "database",
      { resource_server: { identifier: "https://x.us.auth0.com/api/v2/" } },
    ],
    [
      "for Auth0's APIs on a custom domain",
      "database",
      {
        custom_domain: { domain: "login.example.com", domain_metadata: {} },
        resource_server: { identifier: "https://login.example.com/mfa/" },
      },
    ],
  ])("%s", async (_state, kind, changes) => {
    expect((await run(kind, changes)).effects).toEqual([]);
  });
});

test("an event that cannot be read denies the login and leaves the email out of the log", async () => {
  const { denied, logs } = await run("database", { request: undefined });
  expect(denied).toBe(LOGIN_FAILED);
  expect(logs.join()).toMatch(/^add-email-claim: unexpected TypeError/);
  expect(logs.join()).not.toContain(EMAIL);
});

test("the audience of the claims is the one that was asked for", async () => {
  expect(Object.keys((await run("database")).claims).every((name) => name.startsWith(API_IDENTIFIER))).toBe(true);
});
