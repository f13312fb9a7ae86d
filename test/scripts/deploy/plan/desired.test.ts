import { expect, test } from "@jest/globals";
import { desireAction } from "../../../../scripts/deploy/plan/desired.ts";

const built = { code: "exports.a = 1;", file: "./dist/actions/guard.js", form: "minified" } as const;
const entry = { name: "guard", code: "./actions/guard.ts", supported_triggers: [{ id: "post-login", version: "v3" }] };

test("what an entry does not have of an Action is not desired, and stays as it is", () => {
  expect(desireAction(entry, built)).toStrictEqual({
    name: "guard",
    code: "exports.a = 1;",
    file: "./dist/actions/guard.js",
    triggers: [{ id: "post-login", version: "v3" }],
  });
});

test("code that was not built is sent byte for byte", () => {
  expect(desireAction(entry, { ...built, form: "as it is" })).toStrictEqual({
    name: "guard",
    code: "exports.a = 1;",
    file: "./dist/actions/guard.js",
    isVerbatim: true,
    triggers: [{ id: "post-login", version: "v3" }],
  });
});

test("all that an entry has of an Action is desired, empty lists too", () => {
  const whole = {
    ...entry,
    deployed: false,
    runtime: "node22",
    dependencies: [{ name: "stripe", version: "23.1.0" }, { name: "jose" }],
    modules: [{ module_name: "shared", module_version_number: 3 }],
    secrets: [],
  };
  expect(desireAction(whole, built)).toStrictEqual({
    name: "guard",
    code: "exports.a = 1;",
    file: "./dist/actions/guard.js",
    triggers: [{ id: "post-login", version: "v3" }],
    deployed: false,
    runtime: "node22",
    // A package without a version: the newest.
    dependencies: [
      { name: "stripe", version: "23.1.0" },
      { name: "jose", version: "latest" },
    ],
    modules: [{ name: "shared", version: 3 }],
    secrets: [],
  });
});
