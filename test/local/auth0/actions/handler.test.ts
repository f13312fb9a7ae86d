import { describe, expect, test } from "@jest/globals";
import { checkHandler } from "../../../../local/auth0/actions/handler.ts";

const asyncHandler = async () => {};
const signature = (name: string) =>
  `Invalid function signature for the "${name}" handler. Use "exports.${name} = async function(event, api) { }" as the signature.`;

describe("a handler is accepted", () => {
  test.each<[string, unknown]>([
    ["an async arrow function", asyncHandler],
    ["an async method", { async method() {} }.method],
    ["a bound async function", asyncHandler.bind(undefined)],
    ["a proxied async function", new Proxy(asyncHandler, {})],
  ])("%s", (_kind, handler) => {
    expect(checkHandler("post-login", { onExecutePostLogin: handler }, "onExecutePostLogin")).toBe(handler);
  });
});

describe("a handler is refused", () => {
  test.each<[string, unknown]>([
    ["none", undefined],
    ["a function that returns a promise", () => Promise.resolve()],
    ["an async generator", async function* () {}],
    ["no function", "async () => {}"],
  ])("%s", (_kind, handler) => {
    expect(() => checkHandler("post-login", { onExecutePostLogin: handler }, "onExecutePostLogin")).toThrow(
      new Error(signature("onExecutePostLogin")),
    );
  });

  test.each([[undefined], [null], ["exports"], [asyncHandler]])("an Action that exports %p", (exported) => {
    expect(() => checkHandler("post-login", exported, "onExecutePostLogin")).toThrow(
      new Error("The Action must export an object."),
    );
  });

  test("an entry point of another trigger", () => {
    const entryPoint = "onExecutePostLogin" as "onExecuteCredentialsExchange";
    expect(() => checkHandler("credentials-exchange", { onExecutePostLogin: asyncHandler }, entryPoint)).toThrow(
      new Error("The Action can only be called with valid methods."),
    );
  });

  test("an Action that redirects and has nothing to come back to", () => {
    expect(() => checkHandler("post-login", { onExecutePostLogin: asyncHandler }, "onContinuePostLogin")).toThrow(
      new Error(signature("onContinuePostLogin")),
    );
  });
});
