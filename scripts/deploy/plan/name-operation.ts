import type { Change, Reorder } from "./change.ts";

/** What is done to an entry, or to a flow, as plans count it: `3 to create, 1 flow to bind`. */
export type Operation = Exclude<Change["operation"], "reorder"> | FlowOperation;
type FlowOperation = "bind" | "re-order" | "change";

export function nameOperation(change: Change): Operation {
  return change.operation === "reorder" ? nameFlowChange(change) : change.operation;
}

function nameFlowChange({ before, after }: Reorder): FlowOperation {
  if (before.length === 0) return "bind";
  const isSame = before.length === after.length && after.every(({ actionName }) => before.includes(actionName));
  return isSame ? "re-order" : "change";
}
