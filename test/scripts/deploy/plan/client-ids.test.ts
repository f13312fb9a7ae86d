import { expect, test } from "@jest/globals";
import type { Fields } from "../../../../scripts/deploy/kinds/live-record.ts";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import { deployedTenant, desire, emptyTenant } from "./tenants.ts";

/** A plan of one client with this, which the tenant has too, or not. */
function planClient(fields: Fields, live?: Fields) {
  const [record] = deployedTenant().client;
  const tenant = live === undefined ? emptyTenant : deployedTenant({ client: [{ ...record!, fields: live }] });
  const document = {
    clients: [{ name: "SPA", ...fields }],
    clientGrants: [],
    databases: [],
    roles: [],
    triggers: {},
    resourceServers: [],
  };
  return planTenant(desire({ document: document as never, actions: [] }), tenant);
}
const express = (member: string, value: string): Fields => ({ express_configuration: { [member]: value } });
const organization = (member: string, value: string): Fields => ({
  my_organization_configuration: { [member]: value },
});
const CIMD = { external_client_id: "https://mcp.example/client.json" };

test.each<[Fields, string, RegExp]>([
  [
    express("user_attribute_profile_id", "Staff"),
    "REFERENCE_UNKNOWN",
    /"Staff" is not the id of a user attribute profile \(uap_…\)/,
  ],
  [
    express("connection_profile_id", "Partner"),
    "REFERENCE_UNKNOWN",
    /"Partner" is not the id of a connection profile \(cop_…\)/,
  ],
  [express("okta_oin_client_id", "Okta"), "REFERENCE_UNKNOWN", /"Okta" is not the id of a client/],
  [organization("user_attribute_profile_id", "Staff"), "REFERENCE_UNKNOWN", /"Staff" is not the id/],
  [organization("connection_profile_id", "Partner"), "REFERENCE_UNKNOWN", /"Partner" is not the id/],
  [CIMD, "CLIENT_NOT_REGISTERED", /external_client_id/],
])("a client with %j, which would be sent as it is, is refused while planning", (fields, code, message) => {
  for (const live of [undefined, {}]) {
    const plan = () => planClient(fields, live);
    expect(plan).toThrow(expect.objectContaining({ code, exitCode: 2 }));
    expect(plan).toThrow(message);
  }
});

test.each<[Fields]>([
  [express("user_attribute_profile_id", "uap_1234567890abcdef")],
  [express("connection_profile_id", "cop_1234567890abcdef")],
  [express("okta_oin_client_id", deployedTenant().client[0]!.id)],
])("a client with the id %j is planned", (fields) => {
  expect(planClient(fields, {}).changes).toHaveLength(1);
});

test.each<[Fields]>([[express("user_attribute_profile_id", "Staff")], [CIMD]])(
  "a client that has %j in the tenant is as tenant.yaml says",
  (fields) => {
    expect(planClient(fields, fields).changes).toEqual([]);
  },
);
