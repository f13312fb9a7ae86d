import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Plan } from "../../../../scripts/deploy/plan/change.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { type DocumentOnTenant, failAfter, startDocumentOnTenant } from "../document-on-tenant.ts";

const SECRET = "first-secret-that-nobody-may-see";
const OTHER = "second-secret-that-nobody-may-see";

interface Row {
  readonly what: string;
  readonly document: (secret: string, other?: string) => TenantDocument;
  /** What the plan calls the change of the first secret. */
  readonly change: readonly [type: string, name: string, path: string];
  readonly collection: "clients" | "connections";
  /** Where the tenant keeps the first secret. */
  readonly stored: (record: Record<string, unknown>) => unknown;
  readonly metadata: "client_metadata" | "metadata";
}

const valueIn = (record: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string, unknown>)?.[key], record);

const ROWS: readonly Row[] = [
  {
    what: "a client's client_secret",
    document: (client_secret, key = "-----BEGIN PUBLIC KEY-----") => ({
      clients: [
        {
          name: "Worker",
          app_type: "non_interactive",
          client_secret,
          encryption_key: { pub: key, cert: "c" },
        } as never,
      ],
    }),
    change: ["client", "Worker", "client_secret"],
    collection: "clients",
    stored: (record) => record.client_secret,
    metadata: "client_metadata",
  },
  {
    what: "a value for the scripts of a database",
    document: (KEY, MORE = "more") => ({
      databases: [{ name: "Worker", strategy: "auth0", options: { configuration: { KEY, MORE } } } as never],
    }),
    change: ["database", "Worker", "options.configuration.KEY"],
    collection: "connections",
    stored: (record) => valueIn(record, "options", "configuration", "KEY"),
    metadata: "metadata",
  },
  {
    what: "the client_secret of a connection that the Deploy CLI writes",
    document: (client_secret) => ({
      connections: [
        {
          name: "Worker",
          strategy: "oidc",
          options: {
            client_id: "abc",
            client_secret,
            type: "back_channel",
            discovery_url: "https://idp.example/.well-known/openid-configuration",
          },
        },
      ],
    }),
    change: ["connection", "Worker", "options.client_secret"],
    collection: "connections",
    stored: (record) => valueIn(record, "options", "client_secret"),
    metadata: "metadata",
  },
];

describe("a secret that Auth0 never returns in clear", () => {
  let on: DocumentOnTenant;
  beforeEach(async () => {
    on = await startDocumentOnTenant();
  });
  afterEach(() => on.tenant.close());

  const find = ({ collection }: Row): Record<string, unknown> => {
    const records = on.tenant.tenant.state[collection].values() as unknown as readonly Record<string, unknown>[];
    return records.find(({ name }) => name === "Worker")!;
  };
  const put = (row: Row, fields: Record<string, unknown>): void => {
    const record = { ...find(row), ...fields };
    const records = on.tenant.tenant.state[row.collection] as unknown as { set(id: string, value: unknown): void };
    records.set(String(row.collection === "clients" ? record.client_id : record.id), record);
  };
  const summarize = ({ changes }: Plan) =>
    changes.map(({ type, name, fields }) => [type, name, ...fields.map(({ path }) => path)]);
  // Every deploy of a kind that the Deploy CLI writes starts it several times.
  const writtenHere = ROWS.filter(({ change: [type] }) => type !== "connection");

  test.each(ROWS)(
    "is written once, and again when tenant.yaml has another value: $what",
    async (row) => {
      const { document, stored, change } = row;
      await expect(on.deploy(document(SECRET))).resolves.toMatchObject({ outcome: "deployed" });
      expect(stored(find(row))).toBe(SECRET);
      const plan = await on.plan(document(SECRET));
      expect([summarize(plan), plan.uncompared]).toEqual([[], []]);

      expect(summarize(await on.plan(document(OTHER)))).toEqual([change]);
      const failing = on.deploy(document(OTHER), { onProgress: failAfter(`updated ${change[0]} Worker`) });
      const error = (await failing.catch((reason: Error) => reason)) as Error;
      expect(error).toMatchObject({ code: "DEPLOY_ROLLBACK_INCOMPLETE" });
      expect(error.message).toContain(change[2]);
      expect(error.message).not.toMatch(/secret-that/);

      expect(summarize(await on.plan(document(OTHER)))).toEqual([change]);
      await expect(on.deploy(document(OTHER))).resolves.toMatchObject({ outcome: "deployed" });
      expect(stored(find(row))).toBe(OTHER);
      expect(summarize(await on.plan(document(OTHER)))).toEqual([]);
    },
    60_000,
  );

  test.each(ROWS)(
    "is not in the metadata, where its digest is and all else stays: $what",
    async (row) => {
      const { document, metadata } = row;
      await on.deploy(document(SECRET));
      put(row, { [metadata]: { ...(find(row)[metadata] as object), tier: "gold" } });
      await on.deploy(document(OTHER));
      const kept = find(row)[metadata] as Record<string, string>;
      expect(kept.tier).toBe("gold");
      expect(Object.keys(kept).length).toBe(2);
      expect(JSON.stringify(kept)).not.toMatch(/secret-that/);
    },
    60_000,
  );

  test.each(writtenHere)("is written when it is asked for, though its digest is the same: $what", async (row) => {
    const { document, change, collection, stored } = row;
    await on.deploy(document(SECRET));
    const { options } = find(row);
    const byHand = { options: { ...(options as object), configuration: { KEY: "by hand", MORE: "by hand" } } };
    put(row, collection === "clients" ? { client_secret: "by hand" } : byHand);
    const named = { writeSecrets: [`${change[0]}:Worker`] };
    await expect(on.deploy(document(SECRET), named)).resolves.toMatchObject({ outcome: "deployed" });
    expect(stored(find(row))).toBe(SECRET);
    expect(summarize(await on.plan(document(SECRET)))).toEqual([]);
  });

  test.each(writtenHere)(
    "is not compared where the metadata is full, and written when asked for: $what",
    async (row) => {
      const { document, change, metadata, stored } = row;
      await on.deploy(document(SECRET));
      put(row, { [metadata]: Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`key${index}`, "v"])) });
      const plan = await on.plan(document(OTHER));
      expect(summarize(plan)).toEqual([]);
      expect(plan.uncompared).toEqual([expect.stringContaining(`${change[0]}:Worker `)]);
      expect(plan.uncompared[0]).toContain(change[2]);
      await on.deploy(document(OTHER), { writeSecrets: [`${change[0]}:Worker`] });
      expect(stored(find(row))).toBe(OTHER);
      expect(Object.keys(find(row)[metadata] as object).length).toBe(10);
    },
  );

  test("is refused for a new client whose metadata is full", async () => {
    const client_metadata = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`key${index}`, "v"]));
    const document = { clients: [{ name: "Worker", client_secret: SECRET, client_metadata } as never] };
    await expect(on.plan(document)).rejects.toMatchObject({ code: "SECRETS_WITHOUT_ROOM" });
  });
});
