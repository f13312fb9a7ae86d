import { describe, expect, test } from "@jest/globals";
import type { Desired } from "../../../../scripts/deploy/plan/desired.ts";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { AUDIENCE, database, deployedTenant, desire, settings } from "./tenants.ts";

const [api] = deployedTenant().api;
const [users] = deployedTenant().database;
const [spa] = deployedTenant().client;
const document = (change: object): Desired => desire({ document: change as Partial<TenantDocument> });

describe("a plan warns of what it opens", () => {
  test.each<[string, Desired, ReturnType<typeof deployedTenant>, string]>([
    [
      "sign-up to a database that was closed",
      document({ databases: [database({ disable_signup: false })] }),
      deployedTenant({ database: [{ ...users!, fields: { options: { disable_signup: true } } }] }),
      "SIGNUP_OPENED",
    ],
    [
      "tokens of an API that live longer",
      document({ resourceServers: [{ name: "API", identifier: AUDIENCE, token_lifetime: 86_400 }] }),
      deployedTenant(),
      "LIFETIME_EXTENDED",
    ],
    [
      "sessions that live longer",
      document({ tenant: { session_lifetime: 720 } }),
      deployedTenant({ tenant: settings({ session_lifetime: 168 }) }),
      "LIFETIME_EXTENDED",
    ],
    [
      "refresh tokens that live longer",
      document({ clients: [{ name: "SPA", refresh_token: { token_lifetime: 20 } }] }),
      deployedTenant({ client: [{ ...spa!, fields: { refresh_token: { token_lifetime: 10 } } }] }),
      "LIFETIME_EXTENDED",
    ],
    [
      "RBAC that is switched off",
      document({ resourceServers: [{ name: "API", identifier: AUDIENCE, enforce_policies: false }] }),
      deployedTenant(),
      "RBAC_SWITCHED_OFF",
    ],
  ])("%s", (_what, desired, live, code) => {
    expect(planTenant(desired, live).warnings.map((warning) => warning.code)).toEqual([code]);
  });

  test.each<[string, Desired, ReturnType<typeof deployedTenant>]>([
    [
      "sign-up that is closed",
      document({ databases: [database({ disable_signup: true })] }),
      deployedTenant({ database: [{ ...users!, fields: { options: { disable_signup: false } } }] }),
    ],
    ["an API that it makes", document({}), deployedTenant({ api: [{ ...api!, name: "urn:other" }] })],
  ])("and not of %s", (_what, desired, live) => {
    expect(planTenant(desired, live).warnings).toEqual([]);
  });
});
