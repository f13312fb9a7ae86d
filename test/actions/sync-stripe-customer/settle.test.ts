import { expect, test } from "@jest/globals";
import { Unsettled } from "../../../actions/shared/stripe/failure.ts";
import { type Context, settle } from "../../../actions/sync-stripe-customer/settle.ts";

const USER = {
  user_id: "auth0|ada",
  email: "ada@example.com",
  email_verified: true,
  identities: [{ provider: "auth0", user_id: "ada", connection: "Users", isSocial: false }],
  app_metadata: {},
};

/** Of an email that is new to Stripe, with time for as many calls; each call of Stripe begins with its share of it. */
function contextWith(calls: number): { readonly context: Context; readonly made: string[] } {
  const made: string[] = [];
  const deadline: Context["deadline"] = {
    startCall() {
      if (made.length >= calls) throw new Unsettled("out of time");
      return { timeout: 1 };
    },
    pause: async () => {},
    render: () => "",
  };
  const answer =
    <Value>(name: string, value: Value) =>
    async () => {
      deadline.startCall();
      made.push(name);
      return value;
    };
  const customer = { id: "cus_1", email: USER.email, ownerId: "auth0|ada", isOrphan: false, isReplayed: false };
  const stripe = {
    list: answer("list", []),
    retrieve: answer("retrieve", undefined),
    create: answer("create", customer),
    adopt: answer("adopt", customer),
  } as unknown as Context["stripe"];
  return { context: { user: USER, secrets: {}, stripe, deadline }, made };
}

const question = { id: undefined, email: "ada@example.com" };

test("a customer is made when there is time for it", async () => {
  const { context, made } = contextWith(2);
  await expect(settle(question, context)).resolves.toEqual({ kind: "created", id: "cus_1", email: USER.email });
  expect(made).toEqual(["list", "create"]);
});

test("no write begins when the time is up right before it, and the reason is the time", async () => {
  const { context, made } = contextWith(1);
  await expect(settle(question, context)).rejects.toThrow(new Unsettled("create: out of time"));
  expect(made).toEqual(["list"]);
});

test("where adopting turns into creating, the keys begin at their first again", async () => {
  const attempts: unknown[] = [];
  const nobodys = { id: "cus_1", email: USER.email, ownerId: undefined, isOrphan: false, isReplayed: false };
  const answers = [[nobodys], []];
  const { context } = contextWith(1);
  const stripe: Context["stripe"] = {
    ...context.stripe,
    list: async () => answers.shift() ?? [],
    adopt: async (id, _user, attempt) => {
      attempts.push([id, attempt]);
      throw Object.assign(new Error("another user's"), { type: "StripeIdempotencyError", statusCode: 400 });
    },
    create: async (email, userId, attempt) => {
      attempts.push([email, attempt]);
      return { ...nobodys, id: "cus_2", ownerId: userId };
    },
  };
  const secrets = { STRIPE_EXISTING_CUSTOMER: "adopt", STRIPE_ADOPT_CONNECTIONS: "Users" };
  await expect(settle(question, { ...context, secrets, stripe })).resolves.toEqual({
    kind: "created",
    id: "cus_2",
    email: USER.email,
  });
  expect(attempts).toEqual([
    ["cus_1", 0],
    ["ada@example.com", 0],
  ]);
});
