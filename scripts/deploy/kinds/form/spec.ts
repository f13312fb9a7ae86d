import { page } from "../collect.ts";
import type { HandedOverSpec } from "../handed-over/spec.ts";
import { joined, reads, scopesOf } from "../scopes.ts";

export const form = {
  type: "form",
  section: "forms",
  created: { type: "CreateFormRequestContent" },
  named: {
    "": { texts: ["id"], isClosed: true, required: ["body"] },
  },
  identity: ["name"],
  scopes: joined(scopesOf("forms"), reads("read:flows")),
  refersTo: [{ at: "**.flow_id", types: ["forms-flow"] }],
  removal: { list: ({ forms }) => forms.list(page()), delete: ({ forms }, id) => forms.delete(id) },
} as const satisfies HandedOverSpec;
