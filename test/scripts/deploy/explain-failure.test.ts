import { describe, expect, test } from "@jest/globals";
import { explainFailure, explainUnloadable, shortenAnswer } from "../../../scripts/deploy/cli/explain-failure.ts";

const answer = (status: number, message: string): string =>
  `Problem creating roles {"name":"a"}\nForbiddenError: ForbiddenError\nStatus code: ${status}\nBody: ${JSON.stringify({ statusCode: status, message }, null, 2)}`;

describe("a failure of the Deploy CLI", () => {
  test.each([
    [
      "a missing scope",
      answer(403, "Insufficient scope, expected any of: create:roles"),
      "DEPLOY_SCOPE_MISSING",
      "create:roles",
    ],
    [
      "a refused payload",
      answer(400, "Payload validation error: 'Expected type string'"),
      "DEPLOY_REFUSED",
      "Correct that property in tenant.yaml",
    ],
    [
      "a schema error of its own",
      "Schema validation failed loading [{}]",
      "DEPLOY_REFUSED",
      "Correct that property in tenant.yaml",
    ],
    [
      "a build that does not end",
      answer(400, "A draft must be in the 'built' state before it can be deployed."),
      "DEPLOY_BUILD_PENDING",
      "dependency",
    ],
    ["a rate limit", answer(429, "Global limit has been reached"), "DEPLOY_RATE_LIMITED", "rate limit"],
    ["a lost connection", "fetch failed", "DEPLOY_CONNECTION_LOST", "Deploy again when it answers"],
    ["anything else", "Cannot read properties of undefined", "DEPLOY_FAILED", "Deploy again when the cause is removed"],
  ])("%s has a code and says what to do", (_name, message, code, advice) => {
    const error = explainFailure({ message, type: "roles" });
    expect(error).toMatchObject({ code, exitCode: 1 });
    expect(error.message).toContain(advice);
    expect(error.message).toContain("at roles");
    // Whether part of a deploy is done, its rollback knows.
    expect(error.message).not.toMatch(/may be done|completes it/);
  });

  test("shows the sentence in an answer, not its dump", () => {
    const { message } = explainFailure({ message: answer(403, 'No "x"') });
    expect(message).toContain('403 No \\"x\\"');
    expect(message).not.toContain("statusCode");
  });
});

test("of an answer that Auth0's SDK repeats whole, its sentence is said", () => {
  const body = JSON.stringify({ statusCode: 400, error: "Bad Request", message: "Invalid bindings" }, null, 2);
  expect(shortenAnswer(`BadRequestError\nStatus code: 400\nBody: ${body}`)).toBe("400 Invalid bindings");
  expect(shortenAnswer("The tenant stopped answering.")).toBe("The tenant stopped answering.");
  expect(shortenAnswer("BadRequestError\nStatus code: 400\nBody: {}")).toContain("Status code: 400");
});

test("a folder that the Deploy CLI cannot load is wrong use, and nothing of the tenant", () => {
  expect(explainUnloadable({ message: "Error parsing JSON: clients/Shop.json" })).toMatchObject({
    code: "ADOPT_SOURCE_UNKNOWN",
    exitCode: 2,
    message: "The Deploy CLI cannot load it: Error parsing JSON: clients/Shop.json",
  });
});
