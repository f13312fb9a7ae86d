import { expect, test } from "@jest/globals";
import { Unsettled } from "../../../actions/shared/stripe/failure.ts";
import { type Context, settle } from "../../../actions/sync-stripe-customer/settle.ts";

/** Of an email that is new to Stripe, with time for as many calls; each call of Stripe begins with its share of it. */
function contextWith(calls: number): { readonly context: Context; readonly made: string[] } {
  const made: string[] = [];
  const deadline: Context["deadline"] = {
    startCall() {
      if (made.length >= calls) throw new Unsettled("out of time");
      return 1;
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
  const customer = { id: "cus_1", ownerId: "auth0|ada", email: "ada@example.com" };
  const written = { customer, isReplayed: false };
  const stripe = {
    list: answer("list", []),
    retrieve: answer("retrieve", undefined),
    create: answer("create", written),
    adopt: answer("adopt", written),
  } as unknown as Context["stripe"];
  const person = { userId: "auth0|ada", userIds: ["auth0|ada"], otherEmails: [] };
  return { context: { person, mayAdopt: false, stripe, deadline, limits: { attempts: 5 } as Context["limits"] }, made };
}

const question = { id: undefined, email: "ada@example.com" };

test("a customer is made when there is time for it", async () => {
  const { context, made } = contextWith(2);
  await expect(settle(question, context)).resolves.toEqual({ kind: "linked", id: "cus_1", how: "created" });
  expect(made).toEqual(["list", "create"]);
});

test("no write begins when the time is up right before it, and the reason is the time", async () => {
  const { context, made } = contextWith(1);
  await expect(settle(question, context)).rejects.toThrow(new Unsettled("out of time"));
  expect(made).toEqual(["list"]);
});

test("where adopting turns into creating, the keys begin at their first again", async () => {
  const keys: string[] = [];
  const answers = [[{ id: "cus_1", ownerId: undefined, isOrphan: false }], []];
  const { context } = contextWith(1);
  const stripe: Context["stripe"] = {
    list: async () => answers.shift() ?? [],
    retrieve: async () => undefined,
    changeEmail: async () => {},
    adopt: async (_id, _user, key) => {
      keys.push(key);
      throw Object.assign(new Error("another user's"), { type: "StripeIdempotencyError", statusCode: 400 });
    },
    create: async (_email, userId, key) => {
      keys.push(key);
      return { customer: { id: "cus_2", ownerId: userId, isOrphan: false }, isReplayed: false };
    },
  };
  await expect(settle(question, { ...context, mayAdopt: true, stripe })).resolves.toMatchObject({ how: "created" });
  expect(keys).toEqual([expect.stringMatching(/:adopt:cus_1:0$/), expect.stringMatching(/^v\d+:[0-9a-f]{64}:0$/)]);
});
