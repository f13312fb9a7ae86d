import { describe, expect, test } from "@jest/globals";
import { slimSchema } from "../../../scripts/deploy/cli/slim-schema.ts";

const withProperties = (properties: unknown) => () => ({ default: { type: "object", properties } });

describe("slimming the Deploy CLI's schema", () => {
  test("empties the types that the document does not have, and no others", () => {
    const roles = { type: "array" };
    const exclude = { type: "object", default: {} };
    const module = withProperties({ roles, prompts: { huge: true }, hooks: { type: "array" }, exclude })();

    expect(slimSchema(() => module, ["roles"])).toEqual({ kind: "slimmed", replaced: 2 });
    expect(module.default.properties).toEqual({ roles, prompts: {}, hooks: {}, exclude });
  });

  test.each<[string, () => unknown, string]>([
    [
      "a schema module that is gone",
      () => {
        throw new Error("Cannot find module");
      },
      "its schema module is not where it was",
    ],
    ["a module without a default export", () => ({}), "its schema does not have the known form"],
    ["a schema that is a function", () => ({ default: () => true }), "its schema does not have the known form"],
    [
      "a schema of another type",
      () => ({ default: { type: "array", properties: {} } }),
      "its schema does not have the known form",
    ],
    ["a schema without properties", () => ({ default: { type: "object" } }), "its schema does not have the known form"],
    ["a schema that lost a type of ours", withProperties({ prompts: {} }), "its schema does not describe roles"],
    ["a frozen schema", withProperties(Object.freeze({ roles: {}, prompts: {} })), "its schema cannot be changed"],
  ])("leaves %s alone and says why", (_name, load, reason) => {
    expect(slimSchema(load, ["roles"])).toEqual({ kind: "unchanged", reason });
  });

  test("a schema that cannot be slimmed keeps what it says of every type", () => {
    const module = withProperties({ prompts: { huge: true } })();
    slimSchema(() => module, ["roles"]);
    expect(module.default.properties).toEqual({ prompts: { huge: true } });
  });
});
