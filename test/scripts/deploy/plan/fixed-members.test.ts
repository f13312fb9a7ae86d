import { describe, expect, test } from "@jest/globals";
import type { LiveTenant } from "../../../../scripts/deploy/kinds/live-tenant.ts";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { deployedTenant, desire } from "./tenants.ts";

const item = (name: string, fields: Record<string, unknown>) => [{ id: name, name, fields: { name, ...fields } }];
const plan = (document: object, live: Partial<LiveTenant>) =>
  planTenant(desire({ document: document as Partial<TenantDocument> }), deployedTenant(live));

describe("what Auth0 sets once is refused while planning where tenant.yaml has another", () => {
  test.each<[string, object, Partial<LiveTenant>, string]>([
    [
      "a log stream's type",
      { logStreams: [{ name: "Audit", type: "splunk" }] },
      { "log-stream": item("Audit", { type: "http" }) },
      "logStreams[0].type",
    ],
    [
      "a connection's strategy",
      { connections: [{ name: "idp", strategy: "samlp" }] },
      { connection: item("idp", { strategy: "oidc" }) },
      "connections[0].strategy",
    ],
    [
      "a vault's application",
      { flowVaultConnections: [{ name: "vault", app_id: "SLACK" }] },
      { "flow-vault-connection": item("vault", { app_id: "HTTP" }) },
      "flowVaultConnections[0].app_id",
    ],
    [
      "where a stream of events goes",
      { eventStreams: [{ name: "out", destination: { type: "webhook" } }] },
      { "event-stream": item("out", { destination: { type: "eventbridge" } }) },
      "eventStreams[0].destination.type",
    ],
    [
      "the API that a client stands for",
      { clients: [{ name: "SPA", resource_server_identifier: "urn:other" }] },
      { client: [{ id: "client-1", name: "SPA", fields: { resource_server_identifier: "urn:one" } }] },
      "clients[0].resource_server_identifier",
    ],
  ])("%s", (_what, document, live, place) => {
    expect(() => plan(document, live)).toThrow(
      expect.objectContaining({ code: "ENTRY_FIXED", exitCode: 2, message: expect.stringContaining(place) }),
    );
  });

  test("and taken where it is the same", () => {
    const stream = { name: "Audit", type: "http" };
    expect(plan({ logStreams: [stream] }, { "log-stream": item("Audit", { type: "http" }) }).changes).toEqual([]);
  });
});
