import { logIn, signUp } from "../acts.ts";
import type { Cast } from "../cast.ts";
import { CREATION, type Promises, SYNC } from "../promises.ts";
import type { Scene } from "./scene.ts";

/** What Stripe already has, and what happens when it fails. */
export function listStripeScenes(cast: Cast, { denied, firstLogin, tokens, laterLogin }: Promises): readonly Scene[] {
  const isForgiving = cast.setting(SYNC, "STRIPE_FAILURE") === "allow";
  const adopting = (cast.setting(SYNC, "STRIPE_ADOPT_CONNECTIONS") ?? "").split(",").map((name) => name.trim());
  const isAdopting = cast.setting(SYNC, "STRIPE_EXISTING_CUSTOMER") === "adopt" && adopting.includes(cast.database);
  return [
    {
      person: "known",
      prepare: async (stage, visitor) => {
        await stage.stripe.customers.create({ email: visitor.email });
        await signUp(stage, visitor);
      },
      steps: [
        {
          name: "known to Stripe",
          story: "a customer from before has the email",
          act: logIn,
          expected: isAdopting
            ? { ...firstLogin, ...tokens(), stripeRequests: ["GET /v1/customers", "POST /v1/customers/:id"] }
            : { ...denied, stripeRequests: ["GET /v1/customers"], customer: "somebody else's" },
        },
      ],
    },
    {
      person: "unlucky",
      prepare: signUp,
      steps: [
        {
          name: "answer lost",
          story: "Stripe creates, then the connection breaks",
          act: (stage, visitor) => {
            stage.services.stripe.faults.add({ kind: "reset-after", method: "POST", path: "/v1/customers" });
            return logIn(stage, visitor);
          },
          // Looked for again, and found.
          expected: { ...firstLogin, ...tokens(), stripeRequests: [...CREATION, "GET /v1/customers"] },
        },
      ],
    },
    {
      person: "patient",
      prepare: signUp,
      steps: [
        {
          name: "Stripe down",
          story: "every connection breaks",
          act: async (stage, visitor) => {
            const { faults } = stage.services.stripe;
            faults.add({ kind: "reset-before", times: Number.MAX_SAFE_INTEGER });
            try {
              return await logIn(stage, visitor);
            } finally {
              faults.clear();
            }
          },
          expected: isForgiving
            ? { ...laterLogin, ...tokens(), stripeRequests: "some", customer: "none" }
            : { ...denied, stripeRequests: "some", customer: "none" },
        },
        {
          name: "Stripe up again",
          story: "tries again in the same browser",
          act: logIn,
          expected: { ...firstLogin, ...tokens() },
        },
      ],
    },
  ];
}
