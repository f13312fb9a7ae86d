import type { Kind } from "../kind.ts";
import { listPartsOf } from "../list-parts.ts";
import { scopesOf } from "../scopes.ts";
import { createActions } from "./create.ts";
import { listActionDifferences } from "./list-differences.ts";
import type { LiveAction } from "./live.ts";
import { isOurs, planActions } from "./plan.ts";
import { listWriteOnlySecrets } from "./plan-secrets.ts";
import { readActions } from "./read.ts";
import { writeActions } from "./write.ts";

/** Written by us from first to last: the Deploy CLI waits for builds in steps of two seconds, and deploys each before the next is built. */
export const action: Kind<"action", LiveAction> = {
  type: "action",
  section: "actions",
  identity: ["name"],
  memberIdentities: { secrets: ["name"], dependencies: ["name"] },
  declared: { requests: ["CreateActionRequestContent", "UpdateActionRequestContent"], answer: "Action" },
  secrets: ["secrets.*.value"],
  moving: ["status"],
  // Deploying a version and rolling back to one take create:actions.
  scopes: scopesOf("actions"),
  listWanted: ({ document }) =>
    (document.actions ?? []).map((entry, index) => ({ name: entry.name, entry, path: ["actions", index] })),
  listParts: (wanted) =>
    listPartsOf(wanted, [
      { at: "secrets", key: "name", label: "secret" },
      { at: "dependencies", key: "name", label: "package" },
    ]),
  read: readActions,
  plan: planActions,
  listWriteOnly: listWriteOnlySecrets,
  noteUnmanaged: (item, desired) => (isOurs(item, desired) ? "was ours: renamed or dropped" : "not ours"),
  listDifferences: listActionDifferences,
  create: createActions,
  update: writeActions,
  delete: ({ actions }, id) => actions.delete(id),
};
