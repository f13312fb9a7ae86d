import { describe, expect, test } from "@jest/globals";
import { explainEntry, listExecutionIds } from "../../../../scripts/operate/why/explain-entry.ts";
import { createMask } from "../../../../scripts/operate/why/mask.ts";

const asIs = (text: string): string => text;
/** As Auth0's API answers it: names, times and errors, no output (Auth0 docs, Management API v2, "Get an execution"). */
const EXECUTION = {
  id: "run-1",
  trigger_id: "post-login",
  status: "final",
  results: [
    { action_name: "first", started_at: "2026-11-20T12:00:00.000Z", ended_at: "2026-11-20T12:00:00.120Z" },
    {
      action_name: "second",
      error: { id: "action_error", msg: "boom", url: "" },
      started_at: "2026-11-20T12:00:00.120Z",
      ended_at: "2026-11-20T12:00:00.125Z",
    },
  ],
};

describe("explaining an entry of the log", () => {
  test("a failed login at Auth0: its words, and the runs' Actions with their times", () => {
    const entry = {
      log_id: "900",
      date: "2026-11-20T12:00:01.000Z",
      type: "f",
      description: "boom",
      client_name: "SPA",
      connection: "db",
      user_id: "auth0|ada",
      user_name: "ada@example.com",
      details: { actions: { executions: ["run-1"] } },
    };
    expect(listExecutionIds(entry)).toEqual(["run-1"]);
    expect(explainEntry(entry, [EXECUTION], asIs)).toEqual({
      logId: "900",
      date: "2026-11-20T12:00:01.000Z",
      type: "f",
      what: "the login failed",
      reason: "boom",
      client: "SPA",
      connection: "db",
      userId: "auth0|ada",
      actions: [
        { name: "first", durationMs: 120 },
        { name: "second", durationMs: 5, error: "action_error: boom" },
      ],
      notes: [],
    });
  });

  test("what the entry itself says of an Action goes to the newest run of that name, before a redirect or after", () => {
    const runs = { results: [{ action_name: "asks" }, { action_name: "asks" }] };
    const details = {
      actions: { executions: ["run"], results: [{ action_name: "asks", effect: "denied", output: "no" }] },
    };
    expect(explainEntry({ type: "f", details }, [runs], asIs).actions).toEqual([
      { name: "asks" },
      { name: "asks", effect: "denied", output: "no" },
    ]);
  });

  test("a failed Action is named with its error, also when its run is gone", () => {
    const details = {
      execution_id: "gone",
      action_name: "second",
      error_class: "action_timeout",
      action_error: { name: "TimeoutError", message: "took too long" },
    };
    const explanation = explainEntry({ type: "actions_execution_failed", details }, [undefined], asIs);
    expect(explanation).toMatchObject({
      what: "an Action failed",
      reason: "took too long",
      actions: [{ name: "second", effect: "failed", error: "TimeoutError: took too long" }],
    });
    expect(explanation.notes).toEqual([expect.stringContaining("10 days")]);
  });

  test("a denial that nobody owns up to is said to be the last Action's, if any's", () => {
    const results = [{ action_name: "first" }, { action_name: "second" }];
    const { notes } = explainEntry({ type: "f", details: null }, [{ results }], asIs);
    expect(notes).toEqual([expect.stringContaining("it is the last")]);
  });

  test.each<[string, Record<string, unknown>]>([
    ["an empty one", {}],
    ["one whose fields are null", { type: null, date: null, description: null, details: null }],
    ["one whose details are something else", { type: "f", details: "text" }],
    ["one whose lists are none", { type: "f", details: { actions: { executions: "x", results: { a: 1 } } } }],
    [
      "one whose lists hold something else",
      { type: "f", details: { actions: { executions: [1], results: [null, "x"] } } },
    ],
  ])("%s is read without a fault", (_name, entry) => {
    expect(explainEntry(entry, [{ results: null }], asIs)).toMatchObject({ actions: [], notes: [] });
    expect(listExecutionIds(entry).every((id) => typeof id === "string")).toBe(true);
  });

  test("a type that nobody knows is shown as it is", () => {
    expect(explainEntry({ type: "brand_new" }, [], asIs).what).toBe("an event of type brand_new");
  });
});

describe("what is taken out of a log's texts", () => {
  const mask = createMask("ada@example.com");
  test.each([
    ["the address that was asked about stays", "user ada@example.com", "user ada@example.com"],
    ["in whatever case", "user ADA@Example.com", "user ADA@Example.com"],
    ["another address", "taken by bob+x@sub.example.org.", "taken by [email]."],
    ["one that ends in the same", "xada@example.com", "[email]"],
    ["a Stripe key, masked or not", "key rk_live_abc and 'sk_test_***…WXYZ'", "key [key] and '[key]'"],
    ["a token", "got eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln!", "got [token]!"],
    ["nothing else", "v1.2 took 3 ms @ noon", "v1.2 took 3 ms @ noon"],
  ])("%s", (_name, text, expected) => {
    expect(mask(text)).toBe(expected);
  });
});
