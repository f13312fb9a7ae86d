import { page } from "../collect.ts";
import type { HandedOverSpec } from "../handed-over/spec.ts";
import { scopesOf } from "../scopes.ts";

export const actionModule = {
  type: "action-module",
  section: "actionModules",
  named: {
    "": { types: [/^(Create|Get)ActionModule(Request|Response)Content$/], isClosed: true },
  },
  identity: ["name"],
  memberIdentities: { secrets: ["name"], dependencies: ["name"] },
  scopes: scopesOf("actions"),
  writeOnly: ["secrets.*.value"],
  moving: ["latest_version_number", "actions_using_module_total"],
  doneWhenTrue: ["all_changes_published"],
  removal: {
    list: ({ actions }) => actions.modules.list(page()),
    delete: ({ actions }, id) => actions.modules.delete(id),
  },
} as const satisfies HandedOverSpec;
