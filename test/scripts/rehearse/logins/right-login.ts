import type { Expected } from "../../../../scripts/rehearse/logins/find-deviations.ts";
import type { Observation } from "../../../../scripts/rehearse/logins/observation.ts";

export const USER = "auth0|ada";

/** A first login as it must be. */
export const rightLogin = {
  answer: { kind: "tokens", accessToken: "an access token", idTokenSubject: USER },
  runs: [
    { name: "first", milliseconds: 0.1, effect: "passed" },
    { name: "second", milliseconds: 20, effect: "changed" },
  ],
  stripeRequests: ["GET /v1/customers", "POST /v1/customers"],
  customers: [{ id: "cus_1", ownerId: USER }],
  account: { userId: USER, email: "ada@example.com", customerId: "cus_1", linkedTo: USER },
  claims: {
    subject: USER,
    scopes: ["openid", "get:x"],
    permissions: ["get:x"],
    email: "ada@example.com",
    isEmailVerified: true,
    customerId: "cus_1",
    grantType: undefined,
    organization: undefined,
  },
} as const satisfies Observation;

export const FIRST_LOGIN: Expected = {
  effects: [["first", "passed"], ["second"]],
  stripeRequests: ["GET /v1/customers", "POST /v1/customers"],
  customer: "linked",
  scopes: ["get:x", "openid"],
  permissions: ["get:x"],
};
