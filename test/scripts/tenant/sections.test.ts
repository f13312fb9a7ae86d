import { describe, expect, test } from "@jest/globals";
import { CommandError } from "../../../scripts/command.ts";
import { parseTenant } from "../../../scripts/tenant/read-tenant.ts";

function failureOf(text: string): CommandError {
  try {
    parseTenant(text, "tenant.yaml");
  } catch (error) {
    if (error instanceof CommandError) return error;
    throw error;
  }
  throw new Error("the text was accepted");
}

describe("what the file has and this version does not deploy is refused with its line, never passed over", () => {
  test.each([
    ["role:\n- name: a", "TENANT_SECTION_UNKNOWN", "tenant.yaml:1 role: ", "did you mean roles?"],
    [
      "clients: []\nclientgrants: []",
      "TENANT_SECTION_UNKNOWN",
      "tenant.yaml:2 clientgrants: ",
      "did you mean clientGrants?",
    ],
    ["tenants: {}", "TENANT_SECTION_UNKNOWN", "tenant.yaml:1 tenants: ", "did you mean tenant?"],
    ["organisations: []", "TENANT_SECTION_UNKNOWN", "tenant.yaml:1 organisations: ", "did you mean organizations?"],
    ["x-anchors: {}", "TENANT_SECTION_UNKNOWN", "tenant.yaml:1 x-anchors: ", "there are tenant, resourceServers"],
    ["constructor: {}", "TENANT_SECTION_UNKNOWN", "tenant.yaml:1 constructor: ", "there are tenant"],
    ["constructor: [{ name: a }]", "TENANT_SECTION_UNKNOWN", "tenant.yaml:1 constructor: ", "there are tenant"],
    ["toString: a", "TENANT_SECTION_UNKNOWN", "tenant.yaml:1 toString: ", "there are tenant"],
    [
      "clients: []\nguardianFactorProviders:\n- name: sms\n  provider: twilio",
      "TENANT_KIND_NOT_DEPLOYED",
      "tenant.yaml:2 guardianFactorProviders: ",
      "a file of its own",
    ],
    [
      "clientAuthCredentials: [{}]",
      "TENANT_KIND_NOT_DEPLOYED",
      "tenant.yaml:1 clientAuthCredentials: ",
      "a file of its own",
    ],
    [
      "organizations: [{ display_name: a }]",
      "TENANT_MALFORMED",
      "tenant.yaml:1 organizations[0]: ",
      '"name" is missing',
    ],
    ["rules:\n- name: a", "TENANT_KIND_RETIRED", "tenant.yaml:1 rules: ", "write an Action instead"],
    ["hooks: [{ name: a }]", "TENANT_KIND_RETIRED", "tenant.yaml:1 hooks: ", "write an Action instead"],
    ["exclude: { clients: [Till] }", "TENANT_SELECTION_REFUSED", "tenant.yaml:1 exclude: ", "Remove the section"],
    ["role: []\nrules: [{ name: a }]", "TENANT_REFUSED", "tenant.yaml:1 role: ", "[TENANT_KIND_RETIRED]"],
  ])("%j", (text, code, place, advice) => {
    const failure = failureOf(text);
    expect(failure).toMatchObject({ code, exitCode: 2 });
    expect(failure.message).toContain(place);
    expect(failure.message).toContain(advice);
  });
});

test.each(["organizations: []", "rules: []", "prompts: {}", "connections:", "clients:", "exclude: {}"])(
  "an export's empty section says nothing, as at the Deploy CLI: %s",
  (section) => {
    expect(parseTenant(`${section}\nroles: []\n`, "tenant.yaml").document).toEqual({ roles: [] });
  },
);
