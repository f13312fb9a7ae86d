import { expect, test } from "@jest/globals";
import { findFieldProblems } from "../../../scripts/tenant/schema/find-field-problems.ts";

/** What several schemas know of is said once. */
test.each<[string, Readonly<Record<string, unknown>>, readonly unknown[]]>([
  [
    "a value of another type",
    { clients: [{ name: "Till", callbacks: 5 }] },
    [{ code: "TENANT_MALFORMED", path: ["clients", 0, "callbacks"], message: "expected a list, found a number" }],
  ],
  [
    "a name that is a number",
    { roles: [{ name: 5 }] },
    [{ code: "TENANT_MALFORMED", path: ["roles", 0, "name"], message: "expected a text (quote it), found a number" }],
  ],
  [
    "a trigger that there is not",
    { triggers: { "post-logn": [] } },
    [
      {
        code: "TENANT_TRIGGER_UNKNOWN",
        path: ["triggers", "post-logn"],
        part: "key",
        message: "is not a trigger that Auth0 has: did you mean post-login?",
      },
    ],
  ],
  [
    "a trigger that an Action cannot have",
    { actions: [{ name: "a", code: "", supported_triggers: [{ id: "post-logn", version: "v3" }] }] },
    [
      {
        code: "TENANT_TRIGGER_UNKNOWN",
        path: ["actions", 0, "supported_triggers", 0, "id"],
        message: expect.stringMatching(/^must be one of post-login, .*: did you mean post-login\?$/),
      },
    ],
  ],
  [
    "another choice of an Action",
    { actions: [{ name: "a", code: "", supported_triggers: [], status: "bilt" }] },
    [
      {
        code: "TENANT_MALFORMED",
        path: ["actions", 0, "status"],
        message: expect.stringMatching(/^must be one of pending, .*: did you mean built\?$/),
      },
    ],
  ],
])("%s is one problem", (_what, document, expected) => {
  expect(findFieldProblems(document)).toEqual(expected);
});
