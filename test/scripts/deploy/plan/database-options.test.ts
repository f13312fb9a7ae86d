import { describe, expect, test } from "@jest/globals";
import type { Fields } from "../../../../scripts/deploy/kinds/live-record.ts";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import { database, deployedTenant, desire, foreign } from "./tenants.ts";

/** The change of a database that the tenant has with these options. */
function planOptions(wanted: Fields, live: Fields) {
  const [users] = deployedTenant().database;
  const tenant = deployedTenant({
    action: [...deployedTenant().action, foreign("Hasher")],
    database: [{ ...users!, fields: { options: live } }],
  });
  const { changes } = planTenant(desire({ document: { databases: [database(wanted)] } }), tenant);
  return changes.map((change) => ({
    fields: change.fields.map(({ path }) => path),
    patch: change.operation === "update" ? change.patch : undefined,
  }));
}

const NEWER = { complexity: { min_length: 12 } };

describe("of two ways to say the same, what the tenant has of the other one is left out of what is sent", () => {
  test.each<[string, Fields, Fields, readonly string[], Fields]>([
    [
      "the newer rules of passwords",
      { password_options: NEWER },
      { passwordPolicy: "good", password_history: { enable: true }, disable_signup: true },
      ["options.password_options", "options.passwordPolicy", "options.password_history"],
      { password_options: NEWER, disable_signup: true },
    ],
    [
      "the former ones",
      { passwordPolicy: "good" },
      { password_options: NEWER, disable_signup: true },
      ["options.passwordPolicy", "options.password_options"],
      { passwordPolicy: "good", disable_signup: true },
    ],
    [
      "attributes",
      { attributes: { email: { identifier: { active: true } } } },
      { requires_username: true, validation: { username: { min: 1, max: 15 } } },
      ["options.attributes", "options.requires_username", "options.validation"],
      { attributes: { email: { identifier: { active: true } } } },
    ],
    [
      "a username",
      { requires_username: true },
      { attributes: { email: { identifier: { active: true } } } },
      ["options.requires_username", "options.attributes"],
      { requires_username: true },
    ],
    [
      "the former rules beside a change of another option",
      { passwordPolicy: "good", disable_signup: true },
      { passwordPolicy: "good", password_options: NEWER },
      ["options.disable_signup"],
      { passwordPolicy: "good", disable_signup: true },
    ],
  ])("%s", (_, wanted, live, fields, options) => {
    expect(planOptions(wanted, live)).toEqual([{ fields, patch: { options } }]);
  });

  test("nothing is sent for what a tenant answers besides", () => {
    expect(planOptions({ passwordPolicy: "good" }, { passwordPolicy: "good", password_options: NEWER })).toEqual([]);
  });
});

describe("the Action that checks passwords", () => {
  const hasher = (action_id: string): Fields => ({ custom_password_hash: { action_id } });

  test.each(["Hasher", "id-of-Hasher"])("is the same by its name and by its id: %s", (reference) => {
    expect(planOptions(hasher(reference), hasher("id-of-Hasher"))).toEqual([]);
    expect(planOptions(hasher(reference), {})).toEqual([
      { fields: ["options.custom_password_hash"], patch: { options: hasher("id-of-Hasher") } },
    ]);
  });

  test("may be one that the same deploy makes", () => {
    expect(planOptions(hasher("first"), {})).toHaveLength(1);
  });

  test("is refused when nobody has it", () => {
    expect(() => planOptions(hasher("Gone"), {})).toThrow(
      expect.objectContaining({ code: "REFERENCE_UNKNOWN", message: expect.stringContaining('"Gone"') }),
    );
  });
});
