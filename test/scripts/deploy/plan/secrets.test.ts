import { describe, expect, test } from "@jest/globals";
import type { Fields } from "../../../../scripts/deploy/kinds/live-record.ts";
import type { Change } from "../../../../scripts/deploy/plan/change.ts";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import { renderPlan } from "../../../../scripts/deploy/plan/render-plan.ts";
import { renderPlanJson } from "../../../../scripts/deploy/plan/render-plan-json.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { AUDIENCE, database, deployedTenant, desire, emptyTenant } from "./tenants.ts";

const SECRET = "a-secret-that-nobody-may-see";
const FORMER = "a-secret-from-before";

type Type = "client" | "api" | "database";
const client = (fields: Fields): TenantDocument => ({ clients: [{ name: "SPA", ...fields }] });
const api = (fields: Fields): TenantDocument => ({
  resourceServers: [{ name: "API", identifier: AUDIENCE, ...fields }],
  roles: [],
  clientGrants: [],
});
const users = (options: Fields): TenantDocument => ({ databases: [database(options)] });

/** What a document has, and what the tenant answers for it, if anything. */
const ROWS: readonly (readonly [string, TenantDocument, Type, Fields])[] = [
  ["client_secret", client({ client_secret: SECRET }), "client", {}],
  ["encryption_key.pub", client({ encryption_key: { pub: SECRET } }), "client", {}],
  [
    "client_authentication_methods",
    client({
      client_authentication_methods: {
        private_key_jwt: { credentials: [{ credential_type: "public_key", pem: SECRET }] },
      },
    }),
    "client",
    { client_authentication_methods: { private_key_jwt: { credentials: [{ id: FORMER }] } } },
  ],
  [
    "addons.firebase.secret",
    client({ addons: { firebase: { secret: SECRET } } }),
    "client",
    { addons: { firebase: { secret: FORMER } } },
  ],
  [
    "addons.azure_blob.storageAccessKey",
    client({ addons: { azure_blob: { storageAccessKey: SECRET } } }),
    "client",
    {},
  ],
  ["signing_secret", api({ signing_secret: SECRET }), "api", { signing_secret: FORMER }],
  [
    "options.configuration.KEY",
    users({ configuration: { KEY: SECRET } }),
    "database",
    { options: { configuration: { KEY: `2.0$${FORMER}` } } },
  ],
  ["options.configuration.KEY of none", users({ configuration: { KEY: SECRET } }), "database", { options: {} }],
];

describe("a secret of tenant.yaml", () => {
  const textsOf = (document: TenantDocument, live = emptyTenant) => {
    const plan = planTenant(desire({ document }), live);
    return { plan, texts: [renderPlan(plan).join("\n"), renderPlanJson(plan), JSON.stringify(plan.warnings)] };
  };

  test.each(ROWS)("is shown as a value in the plan of a new record: %s", (_path, document) => {
    const { texts } = textsOf(document);
    expect(texts[0]).toContain("a value");
    for (const text of texts) expect(text).not.toContain(SECRET);
  });

  test.each(ROWS)("is shown as a value in the plan of a change: %s", (path, document, type, fields) => {
    const [record] = deployedTenant()[type];
    const live = deployedTenant({ [type]: [{ ...record, fields: { ...record?.fields, ...fields } }] });
    const { plan, texts } = textsOf(document, live);
    const [change] = plan.changes.filter((candidate) => candidate.type === type);
    expect(change?.fields.map((field) => path.startsWith(field.path))).toContain(true);
    expect(change?.fields.map(({ after }) => after)).toContainEqual(expect.stringMatching(/^a value/));
    for (const text of texts) {
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain(FORMER);
    }
    expect(JSON.stringify((change as Change & { patch?: unknown }).patch)).toContain(SECRET);
  });

  test("is not planned when the tenant answers the same", () => {
    const [record] = deployedTenant().api;
    const live = deployedTenant({ api: [{ ...record!, fields: { ...record!.fields, signing_secret: SECRET } }] });
    expect(textsOf(api({ signing_secret: SECRET }), live).plan.changes).toEqual([]);
  });

  test("does not hide what stands beside it", () => {
    const { plan } = textsOf(users({ disable_signup: true, configuration: { KEY: SECRET } }), deployedTenant());
    expect(plan.changes[0]?.fields).toContainEqual({ path: "options.disable_signup", before: false, after: true });
  });
});
