import { describe, expect, test } from "@jest/globals";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { database, deployedTenant, desire } from "./tenants.ts";

const locate = (path: readonly (string | number)[]) => `tenant.yaml:${path.length}`;

/** The rows of a refusal, with its code. */
function refusalOf(document: object, live: Parameters<typeof deployedTenant>[0] = {}): readonly [string, string] {
  try {
    planTenant({ ...desire({ document: document as Partial<TenantDocument> }), locate }, deployedTenant(live));
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    const [head, ...rows] = message.split("\n");
    expect(head).toBe("Nothing was sent: tenant.yaml cannot be deployed as it is.");
    return [code, rows.join("\n")];
  }
  throw new Error("nothing was refused");
}
const role = (name: string, id?: string) => ({ name, ...(id !== undefined && { id }) });
const live = {
  role: [
    { id: "role-1", name: "reader", fields: {}, permissions: [] },
    { id: "role-2", name: "writer", fields: {}, permissions: [] },
  ],
};

describe("tenant.yaml is refused", () => {
  test("where a thing stands three times, at the first of them", () => {
    expect(refusalOf({ roles: [role("a"), role("b"), role("a"), role("a")] })).toEqual([
      "ENTRY_TWICE",
      "  tenant.yaml:2 roles[0]: role a stands in tenant.yaml:2 roles[2], tenant.yaml:2 roles[3] as well. Keep one of them.",
    ]);
  });

  test("where a connection is called like a database", () => {
    expect(refusalOf({ connections: [{ name: "Users", strategy: "oidc" }] })).toEqual([
      "ENTRY_TWICE",
      '  tenant.yaml:2 connections[0]: a database is called "Users", too, and Auth0 takes no connection of that name beside it. Give it another name.',
    ]);
  });

  test.each<[string, string, string]>([
    ["of nothing", "reader", "role-9"],
    ["of another thing", "reader", "role-2"],
    ["of a thing that is new", "new", "role-1"],
  ])("where an entry has the id %s", (_what, name, id) => {
    expect(refusalOf({ roles: [role(name, id)] }, live)).toEqual([
      "ID_UNKNOWN",
      `  tenant.yaml:3 roles[0].id: role "${name}" does not have the id ${id} in tenant.example. Take it out; what is there already is found by its name.`,
    ]);
  });

  test("where something new lacks members, those of one mapping in one row", () => {
    const splunk = { type: "splunk", sink: { splunkDomain: "logs.example", splunkPort: "8088" } };
    expect(
      refusalOf(
        {
          logStreams: [
            { name: "Audit", ...splunk },
            { name: "Old", ...splunk },
          ],
          organizations: [{ name: "city", branding: { colors: { primary: "#112233" } } }],
        },
        { "log-stream": [{ id: "Old", name: "Old", fields: { name: "Old", type: "splunk" } }] },
      ),
    ).toEqual([
      "ENTRY_INCOMPLETE",
      `  tenant.yaml:4 organizations[0].branding.colors: organization "city" is new, and Auth0 makes none without branding.colors.page_background. Add what is missing.
  tenant.yaml:3 logStreams[0].sink: log-stream "Audit" is new, and Auth0 makes none without sink.splunkToken, sink.splunkSecure. Add what is missing.`,
    ]);
  });

  test("where something new lacks members of several mappings, each in a row of its own", () => {
    const policies = [{ audience: "urn:a" }, { audience: "urn:b", scope: [] }, {}];
    const refresh_token = { rotation_type: "rotating", expiration_type: "expiring", policies };
    expect(refusalOf({ clients: [{ name: "App", refresh_token }] })).toEqual([
      "ENTRY_INCOMPLETE",
      `  tenant.yaml:5 clients[0].refresh_token.policies[0]: client "App" is new, and Auth0 makes none without refresh_token.policies[0].scope. Add what is missing.
  tenant.yaml:5 clients[0].refresh_token.policies[2]: client "App" is new, and Auth0 makes none without refresh_token.policies[2].audience, refresh_token.policies[2].scope. Add what is missing.`,
    ]);
  });

  test("not where an entry has the id that the tenant has of it", () => {
    const document = { roles: [role("reader", "role-1"), role("writer")] };
    expect(planTenant(desire({ document }), deployedTenant(live)).changes).toEqual([]);
  });
});

describe("what is to be written though nobody can compare it", () => {
  const smtp = { name: "smtp", enabled: true, credentials: { smtp_host: "mail.example", smtp_pass: "not-to-be-seen" } };
  const verbatim = { name: "first", code: "exports.a = 1;", isVerbatim: true as const, triggers: [] };
  const secrets = ["KEY", "OTHER"].map((name) => ({ name, value: "not-to-be-seen" }));
  const planWith = (...writeSecrets: readonly string[]) => {
    const document = { emailProvider: smtp, actions: [], triggers: {} } as unknown as Partial<TenantDocument>;
    const desired = { ...desire({ document, actions: [{ ...verbatim, secrets }] }), writeSecrets };
    return planTenant(
      desired,
      deployedTenant({
        "email-provider": [
          {
            id: "settings",
            name: "settings",
            fields: { name: "smtp", enabled: true, credentials: { smtp_host: "mail.example" } },
          },
        ],
      }),
    );
  };

  test("is listed by the names that --write-secrets takes", () => {
    expect(planWith().uncompared).toEqual([
      "action:first secrets[KEY], secrets[OTHER]",
      "email-provider:settings credentials.smtp_pass",
    ]);
  });

  test("is refused under a name that nothing has, with those that there are", () => {
    expect(() => planWith("email-provider:setings", "email-provider:settings", "role:x")).toThrow(
      expect.objectContaining({
        code: "SECRETS_UNKNOWN",
        exitCode: 2,
        message:
          "--write-secrets=email-provider:setings, role:x names no entry of tenant.yaml that has secrets of this sort. There is: --write-secrets=action:first, --write-secrets=email-provider:settings.",
      }),
    );
  });

  test("is not what a digest in the tenant compares", () => {
    const databases = [database({ configuration: { KEY: "not-to-be-seen" } })];
    const planned = { ...desire({ document: { databases } }), writeSecrets: ["database:Users"] };
    expect(planTenant(planned, deployedTenant()).uncompared).toEqual([]);
  });

  test("is nothing in a file without such secrets", () => {
    expect(planTenant(desire(), deployedTenant()).uncompared).toEqual([]);
    expect(() => planTenant({ ...desire(), writeSecrets: ["role:x"] }, deployedTenant())).toThrow(
      "--write-secrets=role:x names no entry of tenant.yaml that has secrets of this sort. There is: nothing.",
    );
  });
});

test("what tenant.yaml has and is taken otherwise than it is written is a warning each, after the others", () => {
  const desired = { ...desire(), outdated: ["One thing is old.", "Another is older."] };
  expect(planTenant(desired, deployedTenant({ flow: [] })).warnings.slice(-2)).toEqual([
    { code: "FIELD_OUTDATED", message: "One thing is old." },
    { code: "FIELD_OUTDATED", message: "Another is older." },
  ]);
});
