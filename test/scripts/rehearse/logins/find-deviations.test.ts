import { describe, expect, test } from "@jest/globals";
import { type Expected, findDeviations } from "../../../../scripts/rehearse/logins/find-deviations.ts";
import type { Observation } from "../../../../scripts/rehearse/logins/observation.ts";
import { FIRST_LOGIN, rightLogin, USER } from "./right-login.ts";

const { account, answer, claims, runs } = rightLogin;
const REFUSED = { kind: "refused", error: "access_denied", description: "No." } as const;

function deviations(seen: Partial<Observation>, expected: Partial<Expected> = {}): readonly string[] {
  return findDeviations({ ...rightLogin, ...seen }, { ...FIRST_LOGIN, ...expected });
}

describe("a rehearsed login", () => {
  test("that is as it must be has nothing said against it", () => {
    expect(deviations({})).toEqual([]);
  });

  test.each<[string, Partial<Observation>, string]>([
    ["is refused", { answer: REFUSED }, "answer: access_denied (No.) instead of tokens"],
    ["skips an Action", { runs: runs.slice(0, 1) }, "Actions: first ran instead of first, second"],
    [
      "runs Actions in another order",
      { runs: runs.toReversed() },
      "Actions: second, first ran instead of first, second",
    ],
    [
      "sees an Action do something else",
      { runs: [{ ...runs[0], effect: "denied" }, runs[1]] },
      "first: denied instead of passed",
    ],
    [
      "sees an Action fail that may do what it likes",
      { runs: [runs[0], { ...runs[1], effect: "failed" }] },
      "second: failed",
    ],
    [
      "asks Stripe once more",
      { stripeRequests: [...rightLogin.stripeRequests, "POST /v1/customers"] },
      "Stripe: GET /v1/customers, POST /v1/customers, POST /v1/customers instead of GET /v1/customers, POST /v1/customers",
    ],
    [
      "asks Stripe nothing",
      { stripeRequests: [] },
      "Stripe: no request instead of GET /v1/customers, POST /v1/customers",
    ],
    [
      "makes a second customer",
      { customers: [...rightLogin.customers, { id: "cus_2", ownerId: USER }] },
      "Stripe: 2 customers instead of 1",
    ],
    ["makes no customer", { customers: [] }, "Stripe: 0 customers instead of 1"],
    [
      "makes a customer for somebody else",
      { customers: [{ id: "cus_1", ownerId: "auth0|bob" }] },
      "Stripe: the customer's metadata.auth0_user_id is not the user",
    ],
    [
      "links another customer",
      { account: { ...account, customerId: "cus_2" } },
      "app_metadata: stripe_customer_id is not the customer",
    ],
    [
      "leaves the link without its mark",
      { account: { ...account, linkedTo: undefined } },
      "app_metadata: stripe_customer_linked_to is not the user",
    ],
    [
      "shows another customer in the token",
      { claims: { ...claims, customerId: "cus_2" } },
      "token: the stripe_customer_id claim is not the customer",
    ],
    [
      "grants a scope too many",
      { claims: { ...claims, scopes: [...claims.scopes, "delete:x"] } },
      "token: scopes with delete:x, which does not belong there",
    ],
    ["grants a scope too few", { claims: { ...claims, scopes: ["openid"] } }, "token: scopes without get:x"],
    [
      "shows a permission too many",
      { claims: { ...claims, permissions: ["get:x", "delete:x"] } },
      "token: permissions with delete:x, which does not belong there",
    ],
    [
      "gives a token of another grant",
      { claims: { ...claims, grantType: "password" } },
      "token: gty is password instead of missing",
    ],
    [
      "shows another email",
      { claims: { ...claims, email: "bob@example.com" } },
      "token: the email claim is not the user's email",
    ],
    [
      "calls the email unverified",
      { claims: { ...claims, isEmailVerified: false } },
      "token: the email_verified claim is not as it must be",
    ],
    ["is somebody else's in the token", { claims: { ...claims, subject: "auth0|bob" } }, "token: sub is not the user"],
    [
      "is somebody else's in the id token",
      { answer: { ...answer, idTokenSubject: "auth0|bob" } },
      "id token: sub is not the user",
    ],
  ])("that %s is wrong", (_name, seen, problem) => {
    expect(deviations(seen)).toContain(problem);
  });

  test("without a token that verifies, or without its user, is wrong", () => {
    const { account: _account, ...unknown } = rightLogin;
    expect(findDeviations(unknown, FIRST_LOGIN)).toContain("the tenant does not know the user");
    const { claims: _claims, ...unverified } = rightLogin;
    expect(findDeviations(unverified, FIRST_LOGIN)).toContain("token: it is not one of this tenant for this API");
  });

  test.each<[string, Partial<Observation>, readonly string[]]>([
    ["names the organization's customer", { payer: { id: "cus_1", organization: "org_1" } }, []],
    [
      "names another one's",
      { payer: { id: "cus_1", organization: "org_2" } },
      ["token: the stripe_customer_id claim is not the organization's customer"],
    ],
    ["names none", {}, ["token: the stripe_customer_id claim is not the organization's customer"]],
  ])("a machine's token that %s is judged by its organization", (_name, change, problems) => {
    const { account: _account, ...seen } = rightLogin;
    const machine = { ...claims, organization: "org_1", email: undefined, isEmailVerified: undefined };
    const idTokenless = { ...answer, idTokenSubject: undefined };
    const expected: Expected = { ...FIRST_LOGIN, customer: "the organization's" };
    expect(findDeviations({ ...seen, answer: idTokenless, claims: machine, ...change }, expected)).toEqual(problems);
  });

  describe("that must be refused", () => {
    const refusal: Partial<Expected> = { refusal: "No.", stripeRequests: "some", customer: "somebody else's" };
    const unlinked = { ...account, customerId: undefined, linkedTo: undefined };
    const seen = { answer: REFUSED, account: unlinked, customers: [{ id: "cus_1", ownerId: undefined }] };

    test("is right with that description and the customer left alone", () => {
      expect(deviations(seen, refusal)).toEqual([]);
    });

    test.each<[string, Partial<Observation>, string]>([
      ["lets in", { answer }, "answer: tokens instead of access_denied (No.)"],
      [
        "says something else",
        { answer: { ...REFUSED, description: "Why not." } },
        "answer: access_denied (Why not.) instead of access_denied (No.)",
      ],
      ["never asked Stripe", { stripeRequests: [] }, "Stripe: no request arrived"],
      [
        "takes the customer over",
        { customers: [{ id: "cus_1", ownerId: USER }] },
        "Stripe: the customer was made this user's",
      ],
      ["links it all the same", { account }, "app_metadata: linked to cus_1 instead of nothing"],
      ["loses the customer", { customers: [] }, "Stripe: 0 customers instead of 1"],
    ])("and %s is wrong", (_name, change, problem) => {
      expect(deviations({ ...seen, ...change }, refusal)).toContain(problem);
    });
  });
});
