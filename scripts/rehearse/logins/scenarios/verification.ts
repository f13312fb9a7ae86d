import { type Expectations, VERIFY } from "../expectations.ts";
import { logIn } from "../steps.ts";
import type { Scenario } from "./scenario.ts";

const NOT_VERIFIED = "Please verify your email address, then log in again.";

/** To the local tenant's verification page and back through /continue, in vain and for good. */
export const listVerificationScenarios = ({
  denied,
  firstLogin,
  tokens,
  until,
  from,
}: Expectations): readonly Scenario[] => [
  {
    person: "unverified",
    steps: [
      {
        name: "unverified email",
        story: "signs up, goes on without verifying",
        run: (context, visitor) => logIn(context, visitor, { screen: "signup", onVerificationPage: "continue" }),
        expected: {
          ...denied,
          refusal: NOT_VERIFIED,
          effects: [...until(VERIFY, "redirected"), [VERIFY, "denied"]],
          stripeRequests: [],
          customer: "none",
        },
      },
      {
        name: "email verified",
        story: "tries again, verifies on the page, comes back",
        run: (context, visitor) => logIn(context, visitor, { onVerificationPage: "verify" }),
        expected: { ...firstLogin, ...tokens(), effects: [...until(VERIFY, "redirected"), ...from(VERIFY)] },
      },
    ],
  },
];
