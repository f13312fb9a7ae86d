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

describe.each(ROWS)(
  "$what, which Auth0 never returns in clear",
  ({ document, change, collection, stored, metadata }) => {
    let on: DocumentOnTenant;
    beforeEach(async () => {
      on = await startDocumentOnTenant();
    });
    afterEach(() => on.tenant.close());

    const find = (): Record<string, unknown> => {
      const records = on.tenant.tenant.state[collection].values() as unknown as readonly Record<string, unknown>[];
      return records.find(({ name }) => name === "Worker")!;
    };
    const put = (fields: Record<string, unknown>): void => {
      const record = { ...find(), ...fields };
      const records = on.tenant.tenant.state[collection] as unknown as { set(id: string, value: unknown): void };
      records.set(String(collection === "clients" ? record.client_id : record.id), record);
    };
    const rows = ({ changes }: Plan) =>
      changes.map(({ type, name, fields }) => [type, name, ...fields.map(({ path }) => path)]);

    test("is written once, and again when tenant.yaml has another value", async () => {
      await expect(on.deploy(document(SECRET))).resolves.toMatchObject({ outcome: "deployed" });
      expect(stored(find())).toBe(SECRET);
      const plan = await on.plan(document(SECRET));
      expect([rows(plan), plan.uncompared]).toEqual([[], []]);

      expect(rows(await on.plan(document(OTHER)))).toEqual([change]);
      await expect(on.deploy(document(OTHER))).resolves.toMatchObject({ outcome: "deployed" });
      expect(stored(find())).toBe(OTHER);
      expect(rows(await on.plan(document(OTHER)))).toEqual([]);
    }, 60_000);

    test("leaves no value in the metadata where its digest is kept, nor takes any of it away", async () => {
      await on.deploy(document(SECRET));
      put({ [metadata]: { ...(find()[metadata] as object), tier: "gold" } });
      await on.deploy(document(OTHER));
      const kept = find()[metadata] as Record<string, string>;
      expect(kept.tier).toBe("gold");
      expect(Object.keys(kept).length).toBe(2);
      expect(JSON.stringify(kept)).not.toMatch(/secret-that/);
    }, 60_000);

    test("is written when it is asked for, though its digest is the same", async () => {
      await on.deploy(document(SECRET));
      const { options } = find();
      put(collection === "clients" ? { client_secret: "by hand" } : { options: { ...(options as object), x: 1 } });
      const named = { writeSecrets: [`${change[0]}:Worker`] };
      await expect(on.deploy(document(SECRET), named)).resolves.toMatchObject({ outcome: "deployed" });
      expect(stored(find())).toBe(SECRET);
      expect(rows(await on.plan(document(SECRET)))).toEqual([]);
    }, 60_000);

    test("is named by a deploy that fails after it was written, and planned again by the next", async () => {
      await on.deploy(document(SECRET));
      const failing = on.deploy(document(OTHER), { onProgress: failAfter(`updated ${change[0]} Worker`) });
      const error = (await failing.catch((reason: Error) => reason)) as Error;
      expect(error).toMatchObject({ code: "DEPLOY_ROLLBACK_INCOMPLETE" });
      expect(error.message).toContain(change[2]);
      expect(error.message).not.toMatch(/secret-that/);
      expect(rows(await on.plan(document(OTHER)))).toEqual([change]);
    }, 60_000);

    test("is not compared where the metadata is full, and written when it is asked for", async () => {
      await on.deploy(document(SECRET));
      put({ [metadata]: Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`key${index}`, "v"])) });
      const plan = await on.plan(document(OTHER));
      expect(rows(plan)).toEqual([]);
      expect(plan.uncompared).toEqual([expect.stringContaining(`${change[0]}:Worker `)]);
      expect(plan.uncompared[0]).toContain(change[2]);
      await on.deploy(document(OTHER), { writeSecrets: [`${change[0]}:Worker`] });
      expect(stored(find())).toBe(OTHER);
      expect(Object.keys(find()[metadata] as object).length).toBe(10);
    }, 60_000);
  },
);
