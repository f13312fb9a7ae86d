import { page } from "../collect.ts";
import type { HandedOverSpec } from "../handed-over/spec.ts";
import { joined, reads, scopesOf } from "../scopes.ts";

export const formsFlow = {
  type: "forms-flow",
  section: "flows",
  created: { type: "CreateFlowRequestContent" },
  named: {
    // The rest of them is in a file of its own.
    "": { texts: ["id"], isClosed: true, required: ["body"] },
  },
  identity: ["name"],
  scopes: joined(scopesOf("flows"), reads("read:flows_vault_connections")),
  refersTo: [{ at: "**.connection_id", types: ["flow-vault-connection"] }],
  removal: { list: ({ flows }) => flows.list(page()), delete: ({ flows }, id) => flows.delete(id) },
} as const satisfies HandedOverSpec;
