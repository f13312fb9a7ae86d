import type { LogLine } from "../cli/log-lines.ts";
import type { Change } from "../plan/change.ts";
import { nameOperation, type Operation } from "../plan/name-operation.ts";
import type { ReportedChange } from "../write/context.ts";

const DONE: Readonly<Record<Operation, string>> = {
  create: "created",
  update: "updated",
  delete: "deleted",
  bind: "bound",
  "re-order": "re-ordered",
  change: "changed",
};

/** Says that a change of a plan is written: once, as many writes as it may take, and in the plan's words. */
export function createReport(
  planned: readonly Change[],
  onProgress: (line: LogLine) => void,
): (change: ReportedChange) => void {
  const told = new Set<Change>();
  return ({ type, name }) => {
    const change = planned.find((candidate) => candidate.type === type && candidate.name === name);
    if (change === undefined || told.has(change)) return;
    told.add(change);
    onProgress({ level: "info", text: `${DONE[nameOperation(change)]} ${type} ${name}` });
  };
}
