import { page } from "../collect.ts";
import type { HandedOverSpec } from "../handed-over/spec.ts";
import { scopesOf } from "../scopes.ts";

export const flowVaultConnection = {
  type: "flow-vault-connection",
  section: "flowVaultConnections",
  created: { type: "CreateFlowsVaultConnectionRequestContent" },
  identity: ["name"],
  fixed: ["app_id", "environment"],
  scopes: scopesOf("flows_vault_connections"),
  writeOnly: ["setup"],
  moving: ["ready", "fingerprint", "account_name"],
  removal: {
    list: ({ flows }) => flows.vault.connections.list(page()),
    delete: ({ flows }, id) => flows.vault.connections.delete(id),
  },
} as const satisfies HandedOverSpec;
