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
      "sends codes to an address that is not encrypted",
      "clients",
      "client",
      "Till",
      [
        { callbacks: ["https://till.example/cb"] },
        { callbacks: ["https://till.example/cb", "http://till.example/cb"] },
      ],
      "PROTECTION_WEAKENED",
    ],
    [
      "sends people back to any host of a domain",
      "clients",
      "client",
      "Till",
      [{ callbacks: ["https://till.example/cb"] }, { callbacks: ["https://*.till.example/cb"] }],
      "PROTECTION_WEAKENED",
    ],
    [
      "sends people after a logout to an address that is not encrypted",
      "clients",
      "client",
      "Till",
      [{ allowed_logout_urls: [] }, { allowed_logout_urls: ["http://till.example/"] }],
      "PROTECTION_WEAKENED",
    ],
    [
      "lets pages of any origin ask",
      "clients",
      "client",
      "Till",
      [{ allowed_origins: ["https://till.example"] }, { allowed_origins: ["*"] }],
      "PROTECTION_WEAKENED",
    ],
    [
      "lets messages go to pages of any host of a domain",
      "clients",
      "client",
      "Till",
      [{ web_origins: ["https://till.example"] }, { web_origins: ["https://*.example"] }],
      "PROTECTION_WEAKENED",
    ],
    [
      "gives a client the password grant of a realm",
      "clients",
      "client",
      "Till",
      [{ grant_types: [] }, { grant_types: ["http://auth0.com/oauth/grant-type/password-realm"] }],
      "PROTECTION_WEAKENED",
    ],
    [
      "lets people log in to a client without an organization",
      "clients",
      "client",
      "Till",
      [{ organization_usage: "require" }, { organization_usage: "allow" }],
      "PROTECTION_WEAKENED",
    ],
    [
      "asks nobody for consent to a client any more",
      "clients",
      "client",
      "Till",
      [{ is_first_party: false }, { is_first_party: true }],
      "PROTECTION_WEAKENED",
    ],
    [
      "signs ID tokens with a client's secret",
      "clients",
      "client",
      "Till",
      [{ jwt_configuration: { alg: "RS256" } }, { jwt_configuration: { alg: "HS256" } }],
      "PROTECTION_WEAKENED",
    ],
    [
      "skips consent to an API",
      "resourceServers",
      "api",
      "urn:a",
      [
        { skip_consent_for_verifiable_first_party_clients: false },
        { skip_consent_for_verifiable_first_party_clients: true },
      ],
      "PROTECTION_WEAKENED",
    ],
    [
      "lets clients have refresh tokens of an API",
      "resourceServers",
      "api",
      "urn:a",
      [{ allow_offline_access: false }, { allow_offline_access: true }],
      "PROTECTION_WEAKENED",
    ],
    [
      "gives tokens of an API to clients without a grant",
      "resourceServers",
      "api",
      "urn:a",
      [
        { subject_type_authorization: { client: { policy: "require_client_grant" } } },
        { subject_type_authorization: { client: { policy: "allow_all" } } },
      ],
      "PROTECTION_WEAKENED",
    ],
    [
      "no longer asks every login for a second factor",
      "guardianPolicies",
      "guardian-policies",
      "settings",
      [{ policies: ["all-applications"] }, { policies: ["confidence-score"] }],
      "PROTECTION_WEAKENED",
    ],
    [
      "does not block guesses any more",
      "attackProtection",
      "attack-protection",
      "settings",
      [
        { bruteForceProtection: { shields: ["block", "user_notification"] } },
        { bruteForceProtection: { shields: ["user_notification"] } },
      ],
      "PROTECTION_WEAKENED",
    ],
    [
      "allows more guesses",
      "attackProtection",
      "attack-protection",
      "settings",
      [{ bruteForceProtection: { max_attempts: 5 } }, { bruteForceProtection: { max_attempts: 50 } }],
      "PROTECTION_WEAKENED",
    ],
    [
      "lets some addresses guess",
      "attackProtection",
      "attack-protection",
      "settings",
      [{ suspiciousIpThrottling: { allowlist: [] } }, { suspiciousIpThrottling: { allowlist: ["203.0.113.0/24"] } }],
      "PROTECTION_WEAKENED",
    ],
    [
      "never asks robots for a challenge",
      "attackProtection",
      "attack-protection",
      "settings",
      [
        { botDetection: { challenge_password_policy: "when_risky" } },
        { botDetection: { challenge_password_policy: "never" } },
      ],
      "PROTECTION_WEAKENED",
    ],
    [
      "only watches robots",
      "attackProtection",
      "attack-protection",
      "settings",
      [{ botDetection: { monitoring_mode_enabled: false } }, { botDetection: { monitoring_mode_enabled: true } }],
      "PROTECTION_WEAKENED",
    ],
    [
      "lets third parties use a connection",
      "connections",
      "connection",
      "idp",
      [
        { strategy: "oidc", is_domain_connection: false },
        { strategy: "oidc", is_domain_connection: true },
      ],
      "PROTECTION_WEAKENED",
    ],
    [
      "makes members of all who log in",
      "organizations",
      "organization",
      "acme",
      [
        { connections: [{ name: "Users", assign_membership_on_login: false }] },
        { connections: [{ name: "Users", assign_membership_on_login: true }] },
      ],
      "PROTECTION_WEAKENED",
    ],
    [
      "lets anybody sign up in an organization",
      "organizations",
      "organization",
      "acme",
      [
        { connections: [{ name: "Users", is_signup_enabled: false }] },
        { connections: [{ name: "Users", is_signup_enabled: true }] },
      ],
      "PROTECTION_WEAKENED",
    ],
    [
      "tells strangers who has an account",
      "tenant",
      "tenant",
      "settings",
      [
        { flags: { enable_public_signup_user_exists_error: false } },
        { flags: { enable_public_signup_user_exists_error: true } },
      ],
      "PROTECTION_WEAKENED",
    ],
    [
      "takes shorter passwords",
      "databases",
      "database",
      "Staff",
      [
        { options: { password_complexity_options: { min_length: 12 } } },
        { options: { password_complexity_options: { min_length: 8 } } },
      ],
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

  test("lets a client that is there already use a connection or a database, and not of one that it makes", () => {
    const [spa] = deployedTenant().client;
    const [users] = deployedTenant().database;
    const [idp] = [item("idp", { name: "idp", strategy: "oidc", enabled_clients: ["SPA"] })];
    const enabled_clients = ["SPA", "Till"];
    const desired = desire({
      document: {
        clients: [{ name: "SPA" }, { name: "Till" }],
        databases: [{ name: "Users", strategy: "auth0", enabled_clients }],
        connections: [{ name: "idp", strategy: "oidc", enabled_clients }],
      } as unknown as TenantDocument,
    });
    const warn = (...more: object[]) =>
      planTenant(desired, deployedTenant({ client: [spa, ...more], database: [users], connection: [idp] } as object))
        .warnings.filter(({ code }) => code === "PROTECTION_WEAKENED")
        .map(({ message }) => message);
    const till = { ...item("Till", {}), id: "client-2" };
    expect(warn(till)).toEqual([
      "enabled_clients of database Users: people can log in to Till with it.",
      "enabled_clients of connection idp: people can log in to Till with it.",
    ]);
    expect(warn()).toEqual([]);
  });

  test("lets no client use a connection, or the first one", () => {
    const [none, one] = [
      { strategy: "oidc", enabled_clients: [] },
      { strategy: "oidc", enabled_clients: ["SPA"] },
    ];
    const codes = (before: object, after: object) =>
      warningsOf("connections", "connection", "idp", [before, after]).map(({ code }) => code);
    expect([codes(one, none), codes(none, one)]).toEqual([["ACCESS_CLOSED"], ["PROTECTION_WEAKENED"]]);
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
