import { describe, expect, test } from "@jest/globals";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { deployedTenant, desire } from "./tenants.ts";

const item = (name: string, fields: object) => ({ id: name, name, fields: fields as Record<string, unknown> });

/** Warnings of a plan that makes the live fields what the file has. */
function warningsOf(section: string, type: string, name: string, [before, after]: readonly [object, object]) {
  const isObject = name === "settings";
  const named = section === "resourceServers" ? { identifier: name, name } : isObject ? {} : { name };
  const entry = { ...named, ...after };
  const document = { [section]: isObject ? entry : [entry] } as Partial<TenantDocument>;
  const present = { enabledClientIds: [], ...item(name, { ...named, ...before }) };
  const others = (deployedTenant() as unknown as Record<string, { name: string }[]>)[type] ?? [];
  const live = deployedTenant({ [type]: [...others.filter((other) => other.name !== name), present] });
  return planTenant(desire({ document }), live).warnings;
}

describe("a plan warns of a setting that", () => {
  test.each<[string, string, string, string, readonly [object, object], string]>([
    [
      "lets pages be framed",
      "tenant",
      "tenant",
      "settings",
      [{ flags: {} }, { flags: { disable_clickjack_protection_headers: true } }],
      "PROTECTION_WEAKENED",
    ],
    [
      "lets anybody register clients",
      "tenant",
      "tenant",
      "settings",
      [{ flags: {} }, { flags: { enable_dynamic_client_registration: true } }],
      "PROTECTION_WEAKENED",
    ],
    [
      "signs tokens with a shared secret",
      "resourceServers",
      "api",
      "urn:a",
      [{ signing_alg: "RS256" }, { signing_alg: "HS256" }],
      "PROTECTION_WEAKENED",
    ],
    [
      "asks a client for no secret",
      "clients",
      "client",
      "Till",
      [{ token_endpoint_auth_method: "client_secret_post" }, { token_endpoint_auth_method: "none" }],
      "PROTECTION_WEAKENED",
    ],
    [
      "lets refresh tokens be used twice",
      "clients",
      "client",
      "Till",
      [{ refresh_token: { rotation_type: "rotating" } }, { refresh_token: { rotation_type: "non-rotating" } }],
      "PROTECTION_WEAKENED",
    ],
    [
      "gives a client the password grant",
      "clients",
      "client",
      "Till",
      [{ grant_types: ["refresh_token"] }, { grant_types: ["refresh_token", "password"] }],
      "PROTECTION_WEAKENED",
    ],
    [
      "takes weaker passwords",
      "databases",
      "database",
      "Staff",
      [{ options: { passwordPolicy: "good" } }, { options: { passwordPolicy: "low" } }],
      "PROTECTION_WEAKENED",
    ],
    [
      "lets passwords be guessed",
      "databases",
      "database",
      "Staff",
      [{ options: { brute_force_protection: true } }, { options: { brute_force_protection: false } }],
      "PROTECTION_WEAKENED",
    ],
    [
      "stops looking for attacks",
      "attackProtection",
      "attack-protection",
      "settings",
      [{ bruteForceProtection: { enabled: true } }, { bruteForceProtection: { enabled: false } }],
      "PROTECTION_WEAKENED",
    ],
    [
      "asks for no second factor",
      "guardianPolicies",
      "guardian-policies",
      "settings",
      [{ policies: ["all-applications"] }, { policies: [] }],
      "PROTECTION_WEAKENED",
    ],
    [
      "takes a second factor away",
      "guardianFactors",
      "guardian-factor",
      "otp",
      [{ enabled: true }, { enabled: false }],
      "ACCESS_CLOSED",
    ],
    [
      "lets no client use a connection",
      "connections",
      "connection",
      "idp",
      [
        { strategy: "oidc", enabled_clients: ["SPA"] },
        { strategy: "oidc", enabled_clients: [] },
      ],
      "ACCESS_CLOSED",
    ],
    [
      "lets nobody set a new password",
      "databases",
      "database",
      "Staff",
      [{ options: {} }, { options: { disable_self_service_change_password: true } }],
      "ACCESS_CLOSED",
    ],
    [
      "sends no mail",
      "emailProvider",
      "email-provider",
      "settings",
      [
        { name: "smtp", enabled: true },
        { name: "smtp", enabled: false },
      ],
      "ACCESS_CLOSED",
    ],
  ])("%s", (_what, section, type, name, sides, code) => {
    expect(warningsOf(section, type, name, sides).map((warning) => warning.code)).toEqual([code]);
    // And not on the way back.
    const [before, after] = sides;
    expect(warningsOf(section, type, name, [after, before])).toEqual([]);
  });

  test("lets a grant be used in any organization", () => {
    const grant = { client_id: "SPA", audience: "https://api.example.com/" };
    const live = deployedTenant({
      "client-grant": [{ id: "cgr-1", name: "SPA → https://api.example.com/", fields: { scope: [] } }],
    });
    const document = { clientGrants: [{ ...grant, allow_any_organization: true }] };
    const { warnings } = planTenant(desire({ document: document as Partial<TenantDocument> }), live);
    expect(warnings).toEqual([
      { code: "PROTECTION_WEAKENED", message: expect.stringContaining("allow_any_organization") as unknown },
    ]);
  });

  test("switches a rule on at the edge that may block people", () => {
    const acl = { description: "Block", priority: 1, rule: { action: { block: true }, scope: "tenant" } };
    const live = deployedTenant({ "network-acl": [item("1", { ...acl, active: false })] });
    const document = { networkACLs: [{ ...acl, active: true }] };
    const { warnings } = planTenant(desire({ document: document as Partial<TenantDocument> }), live);
    expect(warnings.map(({ code }) => code)).toEqual(["ACCESS_CLOSED"]);
  });
});
