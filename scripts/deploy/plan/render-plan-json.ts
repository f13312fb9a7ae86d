import type { Plan } from "./change.ts";

/** The documented form of `--json` (docs/deploy.md). A change to its shape is a new version. */
export function renderPlanJson(plan: Plan): string {
  return JSON.stringify(describePlan(plan), undefined, 2);
}

/** For JSON, which leaves out what is undefined. */
export function describePlan(plan: Plan): object {
  const changes = plan.changes.map((change) => ({
    operation: change.operation,
    type: change.type,
    name: change.name,
    fields: change.fields.map(({ path, before, after }) => ({ path, before: before ?? null, after: after ?? null })),
    codeDiff: change.codeDiff,
    overlay: change.overlay,
    ...(change.operation === "reorder" && {
      before: change.before,
      after: change.after.map(({ actionName }) => actionName),
    }),
  }));
  const { domain, fingerprint, warnings, unmanaged, uncompared } = plan;
  const overlay = plan.overlay && {
    file: plan.overlay.file,
    entries: plan.overlay.entries.map(({ path: _, ...entry }) => entry),
  };
  return { version: 1, domain, fingerprint, changes, warnings, unmanaged, uncompared, overlay };
}
