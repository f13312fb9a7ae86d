import { expect, test } from "@jest/globals";
import type { ReplayedLogin } from "../../../local/console/replays/checkout.ts";
import { describeRow } from "../../../scripts/console/describe-row.ts";
import type { Fixtures } from "../../../scripts/own-rows/fixtures.ts";
import { API_IDENTIFIER, buildEvent, EMAIL, type EventChanges } from "../../support/actions/event.ts";

const fixtures = {
  spa: { name: "Example SPA" },
  database: "Username-Password-Authentication",
  audience: API_IDENTIFIER,
} as Fixtures;
const CUSTOMER = "cus_NDe7dAuUclzV3D";
const result = (claims: Record<string, unknown>, ending: object = { kind: "completed" }) =>
  ({
    runs: [],
    ending,
    transaction: { claims: { accessToken: new Map(Object.entries(claims)), idToken: new Map() } },
  }) as never;
const login = (changes: Partial<ReplayedLogin> = {}, event: EventChanges = {}): ReplayedLogin => ({
  event: buildEvent("database", { authorization: { roles: ["viewer"] } }, event),
  seenAt: "2026-11-30T10:00:00.000Z",
  secrets: new Map(),
  requests: ["https://crm.example.com/contacts"],
  outcomes: [result({}), result({})],
  ...changes,
});

test("a login is who it was, when and how it was, and what it came to", () => {
  expect(describeRow(login({}, { user: { user_metadata: { likes: "tea" } } }), fixtures)).toEqual({
    name: `${EMAIL} on 2026-11-30 at 10:00`,
    at: "2026-11-30T10:00:00.000Z",
    person: {
      email: EMAIL,
      user_id: "auth0|ada",
      email_verified: true,
      created_at: "2026-11-19T12:00:00.000Z",
      name: "Ada",
      logins_count: 1,
      roles: ["viewer"],
      app_metadata: {},
      user_metadata: { likes: "tea" },
    },
    login: { kind: "login", scopes: ["openid", "get:users", "delete:users"] },
    result: { ends: "let through" },
  });
});

test("what differs between two runs, and what Stripe names anew, may be anything; a customer that the person had stays", () => {
  const claims = { at: 1, known: CUSTOMER, made: "cus_uSxJ3tRYXkcqv0" };
  const outcomes = [result(claims), result({ ...claims, at: 2 })] as const;
  const row = describeRow(login({ outcomes }, { user: { app_metadata: { stripe_customer_id: CUSTOMER } } }), fixtures);
  expect(row.result).toEqual({
    ends: "let through",
    "access token claim at": "…",
    "access token claim known": CUSTOMER,
    "access token claim made": "cus_…",
  });
});

test("a refresh asks for what was granted before", () => {
  const event = buildEvent("refresh exchange", { transaction: { target_scopes: ["openid", "get:users"] } });
  expect(describeRow(login({ event }), fixtures).login).toEqual({ kind: "refresh", scopes: ["openid", "get:users"] });
});

const identities = [
  { provider: "auth0", user_id: "ada" },
  { provider: "google-oauth2", user_id: "7" },
];
test.each<[why: string, changes: Partial<ReplayedLogin>, event?: EventChanges]>([
  ["people log in at Example SPA there", {}, { client: { name: "Billing Portal" } }],
  ["people log in by Username-Password-Authentication there", { event: buildEvent("social") }],
  [`tokens are for ${API_IDENTIFIER} there`, { event: buildEvent("no audience") }],
  ["it was for an organization", { event: buildEvent("organization") }],
  ["another account is linked to this one", {}, { user: { identities } }],
  ["there is no email", {}, { user: { email: undefined } }],
  ["it was silent", { event: buildEvent("silent") }],
  ["there was a second factor", {}, { authentication: { methods: [{ name: "mfa", timestamp: "" }] } }],
  ["it came by oauth2-password", { event: buildEvent("password grant") }],
  [
    "it went on elsewhere",
    { outcomes: [result({}, { kind: "stopped", step: { type: "redirect", url: "https://x" } }), result({})] },
  ],
  [
    "its customer is asked about, whom Stripe does not have there",
    { requests: ["https://api.stripe.com/v1/subscriptions"] },
    { user: { app_metadata: { stripe_customer_id: CUSTOMER } } },
  ],
])("no row: %s", (why, changes, event = {}) => {
  const describe = () => describeRow(login(changes, event), fixtures);
  expect(describe).toThrow(expect.objectContaining({ code: "REPLAY_NOT_SAVED" }));
  expect(describe).toThrow(`A rehearsal has no such login: ${why}.`);
});
