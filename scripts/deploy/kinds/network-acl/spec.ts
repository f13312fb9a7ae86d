import type { Management } from "auth0";
import { page } from "../collect.ts";
import type { HandedOverSpec } from "../handed-over/spec.ts";
import { closes, isSwitchedOff, isSwitchedOn, weakens } from "../protections.ts";
import { scopesOf } from "../scopes.ts";

export const networkAcl = {
  type: "network-acl",
  section: "networkACLs",
  created: { type: "CreateNetworkAclRequestContent" },
  identity: ["priority"],
  protections: [
    closes(/^active$/, isSwitchedOn, "it is applied to every request, and may block people who log in today."),
    weakens(/^active$/, isSwitchedOff, "requests that it stops today pass."),
  ],
  scopes: scopesOf("network_acls"),
  // The Deploy CLI would write a new one over any that is as active as it.
  post: ({ networkAcls }, entry) => networkAcls.create(entry as unknown as Management.CreateNetworkAclRequestContent),
  removal: {
    list: ({ networkAcls }) => networkAcls.list(page()),
    delete: ({ networkAcls }, id) => networkAcls.delete(id),
  },
} as const satisfies HandedOverSpec;
