import { take } from "../collect.ts";
import type { HandedOverSpec } from "../handed-over/spec.ts";
import { isSwitchedOn, weakens } from "../protections.ts";
import { joined, reads, scopesOf } from "../scopes.ts";

export const organization = {
  type: "organization",
  section: "organizations",
  created: { type: "CreateOrganizationRequestContent" },
  named: {
    "": { types: [/^UpdateOrganizationRequestContent$/] },
    "connections[]": { texts: ["name"], isClosed: true },
  },
  identity: ["name"],
  foldsCase: true,
  protections: [
    weakens(/\.assign_membership_on_login$/, isSwitchedOn, "whoever logs in with it becomes a member."),
    weakens(/\.is_signup_enabled$/, isSwitchedOn, "anybody can sign up who reaches its login page."),
  ],
  sentAlways: ["connections", "client_grants"],
  memberLists: [
    { at: "connections", key: "name", label: "connection", deletion: "delete:organization_connections" },
    { at: "client_grants", key: "client_id", label: "client-grant", deletion: "delete:organization_client_grants" },
    {
      at: "discovery_domains",
      key: "domain",
      label: "discovery-domain",
      deletion: "delete:organization_discovery_domains",
    },
    { at: "clients", key: "client_id", label: "client", deletion: "delete:organization_clients" },
  ],
  scopes: joined(
    scopesOf("organizations"),
    scopesOf("organization_connections"),
    { read: ["read:organization_client_grants"], write: ["create:organization_client_grants"], delete: [] },
    scopesOf("organization_discovery_domains"),
    scopesOf("organization_clients"),
    reads("read:clients", "read:connections", "read:client_grants"),
  ),
  refersTo: [
    { at: "connections.*.name", types: ["connection", "database"] },
    { at: "client_grants.*.client_id", types: ["client"] },
    { at: "clients.*.client_id", types: ["client"] },
  ],
  removal: {
    list: ({ organizations }) => organizations.list(take()),
    delete: ({ organizations }, id) => organizations.delete(id),
  },
} as const satisfies HandedOverSpec;
