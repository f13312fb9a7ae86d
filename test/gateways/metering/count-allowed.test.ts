import { expect, jest, test } from "@jest/globals";
import type { Allowed, Decision, RefusalCode, Usage } from "../../../gateways/authorizer/decision.ts";
import type { Refuse } from "../../../gateways/authorizer/refuse.ts";
import { countAllowed } from "../../../gateways/metering/count-allowed.ts";

const USAGE: Usage = { customer: "cus_1", meter: "get_reports", value: 2 };
const ALLOWED: Allowed = {
  kind: "allowed",
  subject: "auth0|ada",
  scopes: [],
  organization: undefined,
  customer: "cus_1",
  usage: USAGE,
  claims: {},
};
const refused = (code: RefusalCode) => ({ kind: "refused", code }) as Decision & { kind: "refused" };

const decide = async (decision: Decision, count: (usage: Usage) => Promise<void>) => {
  const refuse: Refuse = (code) => refused(code);
  const authorize = countAllowed({ authorize: async () => decision, refuse, meter: { count } });
  return authorize({ method: "GET", target: "/reports", headers: {} } as never);
};

test("what is allowed and costs money is counted before it is answered", async () => {
  let end = () => {};
  const count = jest.fn(
    (_usage: Usage) =>
      new Promise<void>((resolve) => {
        end = resolve;
      }),
  );
  let answered = false;
  const answer = decide(ALLOWED, count).finally(() => {
    answered = true;
  });
  await new Promise(setImmediate);
  expect([count.mock.calls, answered]).toEqual([[[USAGE]], false]);
  end();
  await expect(answer).resolves.toBe(ALLOWED);
});

test("what cannot be counted is refused: it would be free", async () => {
  const count = async () => Promise.reject(new Error("the disk is full"));
  await expect(decide(ALLOWED, count)).resolves.toMatchObject({ kind: "refused", code: "metering_unavailable" });
});

test.each<[string, Decision]>([
  ["is allowed and costs nothing", { ...ALLOWED, usage: undefined }],
  ["is public", { kind: "public" }],
  ["is refused", refused("scope_missing")],
])("what %s is not counted", async (_what, decision) => {
  const count = jest.fn(async (_usage: Usage) => {});
  await expect(decide(decision, count)).resolves.toBe(decision);
  expect(count).not.toHaveBeenCalled();
});
