import type { Fixtures } from "../../../own-rows/fixtures.ts";
import { CREATION, type Expectations, SYNC } from "../expectations.ts";
import { logIn, signUp } from "../steps.ts";
import type { Scenario } from "./scenario.ts";

/** What Stripe already has, and what happens when it fails. */
export function listStripeScenarios(
  fixtures: Fixtures,
  { denied, firstLogin, tokens, laterLogin }: Expectations,
): readonly Scenario[] {
  const isForgiving = fixtures.setting(SYNC, "STRIPE_FAILURE") === "allow";
  const adopting = (fixtures.setting(SYNC, "STRIPE_ADOPT_CONNECTIONS") ?? "").split(",").map((name) => name.trim());
  const isAdopting =
    fixtures.setting(SYNC, "STRIPE_EXISTING_CUSTOMER") === "adopt" && adopting.includes(fixtures.database);
  return [
    {
      person: "known",
      prepare: async (context, visitor) => {
        await context.stripe.customers.create({ email: visitor.email });
        await signUp(context, visitor);
      },
      steps: [
        {
          name: "known to Stripe",
          story: "a customer from before has the email",
          run: logIn,
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
          run: (context, visitor) => {
            context.services.stripe.faults.add({ kind: "reset-after", method: "POST", path: "/v1/customers" });
            return logIn(context, visitor);
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
          run: async (context, visitor) => {
            const { faults } = context.services.stripe;
            faults.add({ kind: "reset-before", times: Number.MAX_SAFE_INTEGER });
            try {
              return await logIn(context, visitor);
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
          run: logIn,
          expected: { ...firstLogin, ...tokens() },
        },
      ],
    },
  ];
}
