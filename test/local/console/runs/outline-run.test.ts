import { expect, test } from "@jest/globals";
import { startTransaction } from "../../../../local/auth0/actions/api/transaction.ts";
import type { RunEnding, RunResult } from "../../../../local/auth0/actions/runtime/protocol.ts";
import { compareOutlines, outlineRun, renderEnding } from "../../../../local/console/runs/outline-run.ts";

type Transaction = ReturnType<typeof startTransaction>;

function ran(
  change: (transaction: Transaction) => void = () => {},
  ending: RunEnding = { kind: "completed" },
): RunResult {
  const transaction = startTransaction({} as never);
  change(transaction);
  return { id: 1, runs: [], ending, transaction };
}
const compare = (before: RunResult, after: RunResult) => compareOutlines(outlineRun(before), outlineRun(after));

test("two runs that come to the same have no difference", () => {
  const change = ({ claims }: Transaction) => claims.accessToken.set("https://a/b", { c: [1] });
  expect(compare(ran(change), ran(change))).toEqual([]);
});

test("claims, scopes and metadata are told apart by what they are for", () => {
  const before = ran(({ claims, scopeOperations, appMetadata }) => {
    claims.accessToken.set("plan", "silver").set("gone", 1);
    scopeOperations.set("get:users", "remove");
    appMetadata.set("seen", true);
  });
  const after = ran(({ claims, scopeOperations, userMetadata, targetScopes }) => {
    claims.accessToken.set("plan", "gold");
    claims.idToken.set("plan", "gold");
    scopeOperations.set("get:users", "add");
    userMetadata.set("seen", null);
    targetScopes.push("get:orders");
  });
  expect(compare(before, after)).toEqual([
    { name: "access token claim plan", before: '"silver"', after: '"gold"' },
    { name: "access token claim gone", before: "1" },
    { name: "scope get:users", before: '"remove"', after: '"add"' },
    { name: "scopes", before: "", after: "get:orders" },
    { name: "app_metadata seen", before: "true" },
    { name: "ID token claim plan", after: '"gold"' },
    { name: "user_metadata seen", after: "null" },
  ]);
});

test("how a run ended is said with its reason, and without the token that a redirect carries", () => {
  const redirect = { type: "redirect", url: "https://t/verify?session_token=abc" } as const;
  const denied = { type: "deny", reason: "no", revokes: "nothing" } as const;
  const error = { errorClass: "action_error", name: "TypeError", message: "x is not a function" } as const;
  expect(renderEnding({ kind: "completed" })).toBe("let through");
  expect(renderEnding({ kind: "stopped", step: redirect as never })).toBe("sent to https://t/verify");
  expect(renderEnding({ kind: "stopped", step: denied as never })).toBe("denied: no");
  expect(renderEnding({ kind: "failed", error })).toBe("failed, TypeError: x is not a function");
});

test("a run whose thread was lost has an ending and nothing else", () => {
  const { transaction: _, ...lost } = ran();
  expect([...outlineRun(lost)]).toEqual([["ends", "let through"]]);
});
