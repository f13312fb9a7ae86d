import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Fields } from "../../../../scripts/deploy/kinds/live-record.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { type KindsOnTenant, startKindsOnTenant } from "./kinds-on-tenant.ts";

const AUDIENCE = "https://loans.example/";
const loans = (permission_name: string) => ({ permission_name, resource_server_identifier: AUDIENCE });

const BASE = {
  tenant: { friendly_name: "Library", session_lifetime: 24, flags: { revoke_refresh_token_grant: true } },
  resourceServers: [
    {
      name: "Loans",
      identifier: AUDIENCE,
      scopes: [{ value: "get:loans", description: "Read" }, { value: "put:loans" }],
    },
  ],
  clients: [
    { name: "Desk", app_type: "spa", callbacks: ["https://desk.example/"] },
    { name: "Worker", app_type: "non_interactive", client_secret: "first-secret", client_metadata: { tier: "gold" } },
  ],
  clientGrants: [
    { client_id: "Worker", audience: AUDIENCE, scope: ["get:loans"] },
    { default_for: "third_party_clients", audience: AUDIENCE, scope: [], subject_type: "user" },
  ],
  roles: [{ name: "reader", description: "Reads", permissions: [loans("get:loans")] }],
  databases: [
    {
      name: "Readers",
      enabled_clients: ["Desk"],
      options: { disable_signup: true, configuration: { KEY: "script-secret" } },
    },
  ],
} as unknown as TenantDocument;

/** BASE with members of one entry of a section changed. */
function change(section: keyof typeof BASE, fields: object, index = 0): TenantDocument {
  const entries = BASE[section] as unknown as readonly object[];
  return { ...BASE, [section]: entries.map((entry, at) => (at === index ? { ...entry, ...fields } : entry)) };
}

describe("the kinds that are read, and written with a request a record", () => {
  let on: KindsOnTenant;
  beforeAll(async () => {
    on = await startKindsOnTenant();
  });
  afterAll(() => on.tenant.close());

  const state = () => on.tenant.tenant.state;
  const idOf = (kind: "clients" | "roles" | "connections" | "resourceServers", name: string): string => {
    const rows = state()[kind].values() as readonly { name?: string; id?: string; client_id?: string }[];
    const found = rows.find((row) => row.name === name);
    return found?.client_id ?? found?.id ?? "";
  };
  const permissionsOf = async (role: string) =>
    (await on.management.roles.permissions.list(idOf("roles", role))).data
      .map(({ permission_name }) => permission_name)
      .sort();
  /** The plan of a change, written, until something goes wrong after that. */
  const fail = async (document: TenantDocument, reported: string): Promise<Error & { code: string }> => {
    const failing = on.deploy(document, {
      onReport(text) {
        if (text === reported) throw new Error("something went wrong");
      },
    });
    return (await failing.then(
      () => Promise.reject(new Error("it did not fail")),
      (error: unknown) => error,
    )) as Error & { code: string };
  };

  test("are made in an empty tenant, what others refer to first, and nothing is to be done afterwards", async () => {
    expect(await on.deploy(BASE)).toEqual([
      "created api https://loans.example/",
      "created client Desk",
      "created client Worker",
      "created client-grant Worker → https://loans.example/",
      "created client-grant default for third_party_clients → https://loans.example/ (user)",
      "created role reader",
      "created database Readers",
      "updated tenant settings",
    ]);
    expect(on.takeWrites()).toEqual([
      [
        "POST /resource-servers",
        {
          name: "Loans",
          identifier: AUDIENCE,
          scopes: [{ value: "get:loans", description: "Read" }, { value: "put:loans" }],
        },
      ],
      ["POST /clients", { name: "Desk", app_type: "spa", callbacks: ["https://desk.example/"] }],
      [
        "POST /clients",
        {
          name: "Worker",
          app_type: "non_interactive",
          client_metadata: { tier: "gold", deployed_secrets: expect.stringMatching(/^[\w-]{16}$/) },
        },
      ],
      ["POST /client-grants", { client_id: idOf("clients", "Worker"), audience: AUDIENCE, scope: ["get:loans"] }],
      [
        "POST /client-grants",
        { default_for: "third_party_clients", audience: AUDIENCE, scope: [], subject_type: "user" },
      ],
      ["POST /roles", { name: "reader", description: "Reads" }],
      [
        "POST /connections",
        {
          name: "Readers",
          strategy: "auth0",
          options: { disable_signup: true, configuration: { KEY: "script-secret" } },
          metadata: { deployed_secrets: expect.stringMatching(/^[\w-]{16}$/) },
        },
      ],
      [
        "PATCH /tenants/settings",
        { friendly_name: "Library", flags: { revoke_refresh_token_grant: true }, session_lifetime_in_minutes: 1440 },
      ],
      [
        "PATCH /clients/:id",
        {
          client_secret: "first-secret",
          client_metadata: { deployed_secrets: expect.stringMatching(/^[\w-]{16}$/) },
        },
      ],
      ["POST /roles/:id/permissions", { permissions: [loans("get:loans")] }],
      ["PATCH /connections/:id/clients", [{ client_id: idOf("clients", "Desk"), status: true }]],
    ]);
    expect(await on.deploy(BASE)).toEqual([]);
    expect(on.takeWrites()).toEqual([]);
  });

  describe("once they are there", () => {
    beforeEach(async () => {
      on.decide(() => undefined);
      await on.deploy(BASE);
      on.takeWrites();
    });

    test("are read page by page, secrets never, and what takes a request each of those only that tenant.yaml names", async () => {
      await on.management.roles.create({ name: "somebody's" });
      await on.management.connections.create({ name: "somebodys", strategy: "auth0" });
      on.takeWrites();
      await on.read(BASE);
      expect([...on.listReads()].sort()).toEqual([
        "/actions/actions?page=0&per_page=100",
        "/client-grants?include_totals=true&take=100",
        "/clients?fields=client_secret%2Csigning_keys%2Cencryption_key&include_fields=false&page=0&per_page=100&include_totals=true&is_global=false",
        `/connections/${idOf("connections", "Readers")}/clients?take=100`,
        "/connections?include_totals=true&take=100&strategy=auth0",
        "/resource-servers?page=0&per_page=100&include_totals=true",
        `/roles/${idOf("roles", "reader")}/permissions?per_page=100&page=0&include_totals=true`,
        "/roles?per_page=100&page=0&include_totals=true",
        "/tenants/settings",
      ]);
      await on.management.roles.delete(idOf("roles", "somebody's"));
      await on.management.connections.delete(idOf("connections", "somebodys"));
    });

    test.each<[string, TenantDocument, readonly unknown[]]>([
      [
        "settings of the tenant, the merged ones alone that differ",
        { ...BASE, tenant: { friendly_name: "Town library", session_lifetime: 12, flags: {} } } as TenantDocument,
        [["PATCH /tenants/settings", { friendly_name: "Town library", session_lifetime_in_minutes: 720 }]],
      ],
      [
        "an API",
        change("resourceServers", { name: "Lending", token_lifetime: 600 }),
        [["PATCH /resource-servers/:id", { name: "Lending", token_lifetime: 600 }]],
      ],
      [
        "a client",
        change("clients", { callbacks: ["https://desk.example/", "https://desk2.example/"] }),
        [["PATCH /clients/:id", { callbacks: ["https://desk.example/", "https://desk2.example/"] }]],
      ],
      [
        "a client's metadata, of which Auth0 keeps what is not sent",
        change("clients", { client_metadata: { tier: "silver" } }, 1),
        [["PATCH /clients/:id", { client_metadata: { tier: "silver" } }]],
      ],
      [
        "a client's secret",
        change("clients", { client_secret: "second-secret" }, 1),
        [
          [
            "PATCH /clients/:id",
            { client_secret: "second-secret", client_metadata: { deployed_secrets: expect.any(String) } },
          ],
        ],
      ],
      [
        "a client grant",
        change("clientGrants", { scope: ["get:loans", "put:loans"] }),
        [["PATCH /client-grants/:id", { scope: ["get:loans", "put:loans"] }]],
      ],
      ["a role", change("roles", { description: "Borrows" }), [["PATCH /roles/:id", { description: "Borrows" }]]],
      [
        "a role's permissions, additions first",
        change("roles", { permissions: [loans("put:loans")] }),
        [
          ["POST /roles/:id/permissions", { permissions: [loans("put:loans")] }],
          ["DELETE /roles/:id/permissions", { permissions: [loans("get:loans")] }],
        ],
      ],
      [
        "a database, with all options and its secrets",
        change("databases", { options: { disable_signup: false, configuration: { KEY: "script-secret" } } }),
        [
          [
            "PATCH /connections/:id",
            { options: expect.objectContaining({ disable_signup: false, configuration: { KEY: "script-secret" } }) },
          ],
        ],
      ],
    ])("have what differs sent, and are then as tenant.yaml says: %s", async (_, document, expected) => {
      await on.deploy(document);
      expect(on.takeWrites()).toEqual(expected);
      expect((await on.plan(document)).changes).toEqual([]);
    });

    test("switch clients of a database on, then off, by their ids", async () => {
      const document = change("databases", { enabled_clients: ["Worker"] });
      await on.deploy(document);
      expect(on.takeWrites()).toEqual([
        ["PATCH /connections/:id/clients", [{ client_id: idOf("clients", "Worker"), status: true }]],
        ["PATCH /connections/:id/clients", [{ client_id: idOf("clients", "Desk"), status: false }]],
      ]);
      const stored = state().connections.find(({ name }) => name === "Readers");
      expect(stored?.enabled_clients).toEqual([idOf("clients", "Worker")]);
    });

    test.each<[string, TenantDocument, string, readonly unknown[]]>([
      [
        "settings, a flag that was not there with null, or off where that is refused",
        {
          ...BASE,
          tenant: { friendly_name: "Other", flags: { revoke_refresh_token_grant: true, disable_fields_map_fix: true } },
        } as TenantDocument,
        "updated tenant settings",
        [
          ["PATCH /tenants/settings", { friendly_name: "Library", flags: { disable_fields_map_fix: null } }],
          ["PATCH /tenants/settings", { friendly_name: "Library", flags: { disable_fields_map_fix: false } }],
        ],
      ],
      [
        "a field that was not there with null, or empty where that is refused",
        change("clients", { description: "Of the desk", callbacks: ["https://other.example/"] }),
        "updated client Desk",
        [
          ["PATCH /clients/:id", { description: null, callbacks: ["https://desk.example/"] }],
          ["PATCH /clients/:id", { description: "", callbacks: ["https://desk.example/"] }],
        ],
      ],
      [
        "what was added to a role",
        change("roles", { description: "Other", permissions: [loans("get:loans"), loans("put:loans")] }),
        "updated role reader",
        [
          ["DELETE /roles/:id/permissions", { permissions: [loans("put:loans")] }],
          ["PATCH /roles/:id", { description: "Reads" }],
        ],
      ],
      [
        "what was taken from a role",
        { ...change("roles", { permissions: [] }), tenant: { friendly_name: "Other" } } as TenantDocument,
        "updated role reader",
        [
          ["POST /roles/:id/permissions", { permissions: [loans("get:loans")] }],
          ["PATCH /tenants/settings", { friendly_name: "Library" }],
        ],
      ],
    ])("have back what they had when the deploy fails: %s", async (_, document, reported, undone) => {
      const before = await on.read(BASE);
      on.takeWrites();
      const failed = await fail(document, reported);
      expect(failed).toMatchObject({ code: "DEPLOY_ROLLED_BACK", message: expect.stringContaining("something went") });
      const written = on.takeWrites();
      expect(written.slice(-undone.length)).toEqual(undone);
      const after = await on.read(BASE);
      expect(after.role).toEqual(before.role);
      expect(after.client.map(({ fields }) => fields.callbacks)).toEqual(
        before.client.map(({ fields }) => fields.callbacks),
      );
      expect(after.tenant.map(({ fields }) => fields.friendly_name)).toEqual(["Library"]);
    });

    test("are put back once, and not at all where they are as they were", async () => {
      let patches = 0;
      on.decide(({ method, path }) => {
        if (method !== "PATCH" || !path.startsWith("/roles/")) return undefined;
        patches += 1;
        return Response.json({ statusCode: 400, error: "Bad Request", message: "no" }, { status: 400 });
      });
      await expect(on.deploy(change("roles", { description: "Other" }))).rejects.toMatchObject({
        code: "DEPLOY_ROLLED_BACK",
      });
      expect(patches).toBe(1);
    });

    test.each<[unknown, unknown]>([
      [true, false],
      ["a text", ""],
      [["https://one.example/"], []],
      [{ one: "1" }, {}],
      [7, null],
    ])("have a field that Auth0 does not remove emptied: %j", async (value, emptied) => {
      const sent: unknown[] = [];
      let stored: Fields = {};
      on.decide(({ method, path, body }) => {
        if (!/^\/roles\/rol_\w+$/.test(path)) return undefined;
        if (method === "GET") return Response.json({ name: "reader", description: "Reads", ...stored });
        sent.push(body);
        const { extra } = body as { extra: unknown };
        if (extra === null && sent.length === 2) return Response.json({ message: "not null" }, { status: 400 });
        stored = { extra };
        return Response.json({ name: "reader", description: "Reads", ...stored });
      });
      await fail(change("roles", { extra: value }), "updated role reader");
      expect(sent).toEqual([{ extra: value }, { extra: null }, { extra: emptied }]);
    });

    test.each([
      [500, 1],
      [403, 1],
    ])("are not emptied when the tenant answers %i to what puts them back", async (status, tries) => {
      let undone = 0;
      on.decide(({ method, path, body }) => {
        if (method !== "PATCH" || !/^\/roles\/rol_\w+$/.test(path)) return undefined;
        if ((body as { description: string }).description === "Other") return undefined;
        undone += 1;
        return Response.json({ message: "no" }, { status });
      });
      const failed = await fail(change("roles", { description: "Other" }), "updated role reader");
      expect(failed).toMatchObject({
        code: "DEPLOY_ROLLBACK_INCOMPLETE",
        message: expect.stringContaining("role reader: description"),
      });
      expect(undone).toBe(tries);
    });

    test("are left to whoever has written them since", async () => {
      const role = idOf("roles", "reader");
      const failing = on.deploy(change("roles", { description: "Other" }), {
        onReport(text) {
          if (text !== "updated role reader") return;
          state().roles.set(role, { ...state().roles.get(role)!, description: "By hand" });
          throw new Error("something went wrong");
        },
      });
      await expect(failing).rejects.toMatchObject({
        code: "PLAN_STALE",
        message: expect.stringContaining("role reader: description"),
      });
      expect(state().roles.get(role)?.description).toBe("By hand");
    });

    test("are not written over where somebody changed the same field since the plan, and are beside another", async () => {
      const role = idOf("roles", "reader");
      let isFirst = true;
      const meddle = (fields: object) =>
        on.decide(({ method, path }) => {
          if (method !== "GET" || path !== `/roles/${role}` || !isFirst) return undefined;
          isFirst = false;
          return () => state().roles.set(role, { ...state().roles.get(role)!, ...fields });
        });
      meddle({ description: "By hand" });
      const refused = on.deploy(change("roles", { description: "Other" }));
      await expect(refused).rejects.toThrow(
        "Somebody changed role reader (description) since it was planned. Plan again when that is done.",
      );
      expect(on.takeWrites()).toEqual([]);
      on.decide(() => undefined);
      await on.deploy(BASE);
      on.takeWrites();
      isFirst = true;
      meddle({ name: "reader" });
      await on.deploy(change("roles", { description: "Other" }));
      expect(on.takeWrites()).toEqual([["PATCH /roles/:id", { description: "Other" }]]);
    });

    test("are made once where the answer to their creation is lost", async () => {
      on.decide(({ method, path }) => (method === "POST" && path === "/roles" ? "lost after" : undefined));
      const roles = [...(BASE.roles ?? []), { name: "lost", permissions: [] }];
      expect(await on.deploy({ ...BASE, roles } as TenantDocument)).toEqual(["created role lost"]);
      expect(on.takeWrites()).toEqual([["POST /roles", { name: "lost" }]]);
      expect(state().roles.filter(({ name }) => name === "lost")).toHaveLength(1);
      await on.deploy(BASE, { deletions: ["role:lost"] });
      expect(on.takeWrites()).toEqual([["DELETE /roles/:id"]]);
    });

    test("say of a secret whose writing failed that nobody knows which it has, where the answer was lost alone", async () => {
      const document = change("clients", { client_secret: "third-secret" }, 1);
      const answers: ["lost after" | Response, string][] = [
        ["lost after", "DEPLOY_ROLLBACK_INCOMPLETE"],
        [Response.json({ message: "no" }, { status: 400 }), "DEPLOY_ROLLED_BACK"],
      ];
      for (const [fate, code] of answers) {
        let isFirst = true;
        on.decide(({ method, path }) => {
          if (method !== "PATCH" || !path.startsWith("/clients/") || !isFirst) return undefined;
          isFirst = false;
          return fate;
        });
        const failing = on.deploy(document);
        await expect(failing).rejects.toMatchObject({ code });
        const said = await failing.catch((error: Error) => error.message);
        expect(said).not.toContain("third-secret");
        expect(String(said).includes("client_secret of client Worker (nobody can see whether it has")).toBe(
          code === "DEPLOY_ROLLBACK_INCOMPLETE",
        );
      }
    });

    test("lose scopes of an API last, and with them what a role has that tenant.yaml does not name", async () => {
      const { id = "" } = await on.management.roles.create({ name: "foreign" });
      const { id: other = "" } = await on.management.roles.create({ name: "bystander" });
      await on.management.roles.permissions.add(id, { permissions: [loans("put:loans"), loans("get:loans")] });
      await on.management.roles.permissions.add(other, { permissions: [loans("get:loans")] });
      on.takeWrites();
      const document = change("resourceServers", {
        scopes: [{ value: "get:loans", description: "Read" }, { value: "post:loans" }],
      });
      const failed = await fail(document, `updated api ${AUDIENCE}`);
      expect(failed.code).toBe("DEPLOY_ROLLED_BACK");
      expect(on.takeWrites().slice(0, 1)).toEqual([
        [
          "PATCH /resource-servers/:id",
          {
            scopes: [{ value: "get:loans", description: "Read" }, { value: "post:loans" }, { value: "put:loans" }],
          },
        ],
      ]);
      expect(await permissionsOf("foreign")).toEqual(["get:loans", "put:loans"]);

      const deletions = ["role:bystander"];
      on.decide(({ method, path }) =>
        method === "DELETE" && path === `/roles/${other}`
          ? Response.json({ message: "no" }, { status: 400 })
          : undefined,
      );
      const failing = on.deploy(document, { deletions });
      await expect(failing).rejects.toMatchObject({
        code: "DEPLOY_ROLLBACK_INCOMPLETE",
        message: expect.stringContaining(`put:loans of ${AUDIENCE} (users who had it directly have lost it)`),
      });
      expect(await permissionsOf("foreign")).toEqual(["get:loans", "put:loans"]);
      const writes = on.takeWrites();
      expect(writes.map(([what]) => what)).toEqual([
        "PATCH /resource-servers/:id",
        "PATCH /resource-servers/:id",
        "DELETE /roles/:id",
        "PATCH /resource-servers/:id",
        "POST /roles/:id/permissions",
        "PATCH /resource-servers/:id",
      ]);
      expect(writes[4]).toEqual(["POST /roles/:id/permissions", { permissions: [loans("put:loans")] }]);
      on.decide(() => undefined);
      expect(await on.deploy(document, { deletions })).toEqual([`updated api ${AUDIENCE}`, "deleted role bystander"]);
      expect(await permissionsOf("foreign")).toEqual(["get:loans"]);
      await on.management.roles.delete(id);
    });

    test("are deleted by their ids where they are named", async () => {
      const extra = {
        ...BASE,
        resourceServers: [...(BASE.resourceServers ?? []), { name: "Old", identifier: "https://old.example/" }],
        clients: [...(BASE.clients ?? []), { name: "Old client" }],
        clientGrants: [
          ...(BASE.clientGrants ?? []),
          { client_id: "Worker", audience: "https://old.example/", scope: [] },
        ],
        roles: [...(BASE.roles ?? []), { name: "old role" }],
        databases: [...(BASE.databases ?? []), { name: "Old-users" }],
      } as unknown as TenantDocument;
      await on.deploy(extra);
      on.takeWrites();
      const deletions = [
        "client-grant:Worker -> https://old.example/",
        "api:https://old.example/",
        "client:Old client",
        "role:old role",
        "database:Old-users",
      ];
      await on.deploy(BASE, { deletions });
      expect(on.takeWrites()).toEqual([
        ["DELETE /client-grants/:id"],
        ["DELETE /resource-servers/:id"],
        ["DELETE /clients/:id"],
        ["DELETE /roles/:id"],
        ["DELETE /connections/:id"],
      ]);
      const names = [
        ...state().resourceServers.values(),
        ...state().clients.values(),
        ...state().roles.values(),
        ...state().connections.values(),
      ].map(({ name }) => name);
      expect(names.filter((name) => /^old/i.test(String(name)))).toEqual([]);
    });

    test("show what the tenant has besides, a client by its id", async () => {
      const { client_id: id } = await on.management.clients.create({ name: "Of somebody" });
      const { unmanaged } = await on.plan(BASE);
      expect(unmanaged).toContainEqual({ type: "client", name: "Of somebody", note: id });
      await on.management.clients.delete(id ?? "");
    });
  });
});
