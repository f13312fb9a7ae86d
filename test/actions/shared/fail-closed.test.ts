import type { PostLoginAPI } from "@auth0/actions/post-login/v3";
import { describe, expect, test } from "@jest/globals";
import { ActionError } from "../../../actions/shared/action-error.ts";
import { failClosed, LOGIN_FAILED, renderFailure } from "../../../actions/shared/fail-closed.ts";
import { buildEvent } from "../../support/actions/event.ts";
import { runAction } from "../../support/actions/run-action.ts";

const failing = (work: () => void | Promise<void>) => ({
  onExecutePostLogin: async (_event: unknown, api: PostLoginAPI) => failClosed("example", api, work),
});

describe("an Action that throws denies the login with one sentence", () => {
  test.each<[string, () => void | Promise<void>, RegExp]>([
    [
      "at once",
      () => {
        throw new TypeError("ada@example.org is odd");
      },
      /^example: unexpected TypeError\n\s+at /,
    ],
    [
      "later",
      async () => {
        throw new Error("sk_live_1");
      },
      /^example: unexpected Error\n\s+at /,
    ],
    [
      "what it foresaw",
      () => {
        throw new ActionError("SINCE is missing.");
      },
      /^example: bad_setting: SINCE is missing\.$/,
    ],
    [
      "no error at all",
      () => {
        throw "ada@example.org";
      },
      /^example: unexpected string thrown$/,
    ],
  ])("%s", async (_when, work, log) => {
    const { denied, logs } = await runAction(failing(work), buildEvent());
    expect(denied).toBe(LOGIN_FAILED);
    expect(logs).toEqual([expect.stringMatching(log)]);
    expect(logs[0]).not.toMatch(/ada@example\.org|sk_live_1/);
  });

  test("the sentence says nothing of why, and where to turn to", () => {
    expect(LOGIN_FAILED).toBe("We could not complete your login. Please try again, or contact support.");
  });

  test("one that does not throw is left alone", async () => {
    expect(
      (
        await runAction(
          failing(() => {}),
          buildEvent(),
        )
      ).effects,
    ).toEqual([]);
  });
});

describe("the log has of an error that was not foreseen", () => {
  test("its code, if it is text", () => {
    expect(renderFailure(Object.assign(new Error("x"), { code: "ECONNRESET" }))).toMatch(
      /^unexpected Error ECONNRESET\n/,
    );
    expect(renderFailure(Object.assign(new Error("x"), { code: 7 }))).toMatch(/^unexpected Error\n/);
  });

  test("only its kind, if there is no stack", () => {
    expect(renderFailure(Object.assign(new Error("x"), { stack: undefined }))).toBe("unexpected Error");
  });
});
