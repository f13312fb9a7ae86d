import { logIn } from "../acts.ts";
import { type Promises, VERIFY } from "../promises.ts";
import type { Scene } from "./scene.ts";

const NOT_VERIFIED = "Please verify your email address, then log in again.";

/** To the local tenant's verification page and back through /continue, in vain and for good. */
export const listVerificationScenes = ({ denied, firstLogin, tokens, until, from }: Promises): readonly Scene[] => [
  {
    person: "unverified",
    steps: [
      {
        name: "unverified email",
        story: "signs up, goes on without verifying",
        act: (stage, visitor) => logIn(stage, visitor, { screen: "signup", onVerificationPage: "continue" }),
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
        act: (stage, visitor) => logIn(stage, visitor, { onVerificationPage: "verify" }),
        expected: { ...firstLogin, ...tokens(), effects: [...until(VERIFY, "redirected"), ...from(VERIFY)] },
      },
    ],
  },
];
