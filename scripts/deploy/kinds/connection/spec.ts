import { take } from "../collect.ts";
import type { HandedOverSpec } from "../handed-over/spec.ts";
import { closes, isEmptied, isSwitchedOn, weakens } from "../protections.ts";
import { joined, reads, scopesOf, settingScopes } from "../scopes.ts";

export const connection = {
  type: "connection",
  section: "connections",
  created: { type: "CreateConnectionRequestContent" },
  named: {
    // Without the options: providers have many that the SDK does not name, and that are like those of others (`scope`, `scopes`).
    "": { types: [/^CreateConnectionCommon$/], typed: { strategy: "ConnectionIdentityProviderEnum" } },
  },
  identity: ["name"],
  protections: [
    closes(/^enabled_clients$/, isEmptied, "nobody can log in with it."),
    weakens(/^is_domain_connection$/, isSwitchedOn, "clients of others can use it."),
  ],
  fixed: ["strategy"],
  sharesNamesWith: "database",
  scopes: joined(
    scopesOf("connections"),
    settingScopes("connections_options"),
    scopesOf("scim_config"),
    scopesOf("directory_provisionings"),
    reads("read:clients"),
  ),
  forgetsSecrets: true,
  digestField: "metadata",
  writeOnly: [
    "options.client_secret",
    "options.app_secret",
    "options.twilio_token",
    "options.gateway_authentication.secret",
    "options.admin_access_token",
    "options.admin_refresh_token",
    "options.signing_key.key",
    "options.decryptionKey",
    "options.configuration.*",
  ],
  refersTo: [
    { at: "enabled_clients.*", types: ["client"] },
    { at: "options.idpinitiated.client_id", types: ["client"] },
  ],
  removal: {
    list: ({ connections }) => connections.list(take()),
    delete: ({ connections }, id) => connections.delete(id),
  },
} as const satisfies HandedOverSpec;
