import { describe, expect, test } from "@jest/globals";
import type { CommandError } from "../../../../scripts/command.ts";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { AUDIENCE, database, deployedTenant, desire } from "./tenants.ts";

const locate = (path: readonly (string | number)[]) => `tenant.yaml:${path.join("/")}`;

function refusalOf(document: object): CommandError {
  try {
    planTenant({ ...desire({ document: document as Partial<TenantDocument> }), locate }, deployedTenant());
  } catch (error) {
    return error as CommandError;
  }
  throw new Error("the plan was made");
}

describe("a plan refuses all entries at once", () => {
  test("of several kinds and for several reasons, each with its line and its code", () => {
    const { code, exitCode, message } = refusalOf({
      clients: [{ name: "SPA" }, { name: "SPA" }],
      clientGrants: [{ client_id: "Gone", audience: "urn:gone", scope: [] }],
      roles: [
        { name: "reader", permissions: [{ permission_name: "get:gone", resource_server_identifier: AUDIENCE }] },
        { name: "writer", id: "rol_of_another", permissions: [] },
      ],
      databases: [{ ...database({}), enabled_clients: ["Lost", "SPA", "Stray"] }],
      organizations: [
        { name: "city", connections: [{ name: "nobody" }], clients: [{ client_id: "Nowhere" }] },
        { name: "town", connections: [{ name: "noone" }] },
      ],
    });
    expect(code).toBe("TENANT_REFUSED");
    expect(exitCode).toBe(2);
    const rows = message.split("\n").filter((line) => line.startsWith("  "));
    expect(rows.map((line) => [line.trim().split(" ")[0], /\[(\w+)\]$/.exec(line)?.[1]])).toEqual([
      ["tenant.yaml:clients/0", "ENTRY_TWICE"],
      ["tenant.yaml:roles/1/id", "ID_UNKNOWN"],
      ["tenant.yaml:clientGrants/0/client_id", "CLIENT_UNKNOWN"],
      ["tenant.yaml:clientGrants/0/audience", "API_UNKNOWN"],
      ["tenant.yaml:roles/0/permissions/0", "SCOPE_UNKNOWN"],
      ["tenant.yaml:databases/0/enabled_clients/0", "CLIENT_UNKNOWN"],
      ["tenant.yaml:databases/0/enabled_clients/2", "CLIENT_UNKNOWN"],
      ["tenant.yaml:organizations/0/connections/0/name", "REFERENCE_UNKNOWN"],
      ["tenant.yaml:organizations/0/clients/0/client_id", "REFERENCE_UNKNOWN"],
      ["tenant.yaml:organizations/1/connections/0/name", "REFERENCE_UNKNOWN"],
    ]);
  });

  test("under their own code where all have the same", () => {
    const { code, message } = refusalOf({
      clientGrants: [{ client_id: "Gone", audience: AUDIENCE, scope: [] }],
      databases: [{ ...database({}), enabled_clients: ["Lost"] }],
    });
    expect(code).toBe("CLIENT_UNKNOWN");
    expect(message).toMatch(/"Gone"[\s\S]*"Lost"/);
    expect(message).not.toContain("[CLIENT_UNKNOWN]");
  });
});
