import { type Paint, plain } from "../../terminal/paint.ts";
import type { FieldChange } from "../compare/compare-fields.ts";
import type { Change, Plan, Reorder } from "./change.ts";

const SIGNS = { create: "+", update: "~", delete: "-", reorder: "↕" } as const;
const ROLES = { create: "green", update: "yellow", delete: "red", reorder: "yellow" } as const;

/**
 * The plan as a person reads it, a line an array entry.
 *
 * @param shown changes that are shown elsewhere, and under which name
 */
export function renderPlan(
  plan: Plan,
  paint: Paint = plain,
  shown: ReadonlyMap<Change, string> = new Map(),
): readonly string[] {
  return [
    paint("bold", `${plan.domain}: ${renderCounts(plan.changes)}`),
    ...plan.changes.flatMap((change) => (shown.has(change) ? [] : ["", ...renderChange(change, paint)])),
    ...renderShown([...shown.values()]),
    ...(plan.warnings.length === 0 ? [] : ["", ...plan.warnings.map(({ message }) => paint("yellow", `! ${message}`))]),
    ...renderUncompared(plan, paint),
    ...renderUnmanaged(plan, paint),
    ...renderOverlay(plan, paint),
  ];
}

function renderCounts(changes: readonly Change[]): string {
  if (changes.length === 0) return "nothing to do";
  const count = (operation: Change["operation"]) => changes.filter((change) => change.operation === operation).length;
  const flows = changes.filter((change) => change.operation === "reorder");
  const countFlows = (verb: string) => flows.filter((flow) => nameFlowChange(flow) === verb).length;
  const parts: readonly (readonly [number, string])[] = [
    [count("create"), "to create"],
    [count("update"), "to update"],
    ...["bind", "re-order", "change"].map((verb) => [countFlows(verb), `flow to ${verb}`] as const),
    [count("delete"), "to delete"],
  ];
  return parts
    .filter(([number]) => number > 0)
    .map(([number, text]) => `${number} ${text}`)
    .join(", ");
}

function nameFlowChange({ before, after }: Reorder): string {
  if (before.length === 0) return "bind";
  const isSame = before.length === after.length && after.every(({ actionName }) => before.includes(actionName));
  return isSame ? "re-order" : "change";
}

function renderShown(names: readonly string[]): readonly string[] {
  const rows = [...new Set(names)].map((name) => {
    const count = names.filter((other) => other === name).length;
    return `${count === 1 ? "1 change is" : `${count} changes are`} the same as for ${name}.`;
  });
  return rows.length === 0 ? [] : ["", ...rows];
}

export function renderChange(change: Change, paint: Paint = plain): readonly string[] {
  const title = paint(ROLES[change.operation], `${SIGNS[change.operation]} ${change.type} ${change.name}`);
  const head = change.overlay === undefined ? title : `${title}  ${paint("dim", `(${change.overlay})`)}`;
  if (change.operation === "reorder") return [head, ...renderOrder(change, paint)];
  const code = change.codeDiff === undefined ? [] : renderDiff(change.codeDiff, paint);
  return [head, ...change.fields.map((field) => renderField(field, paint)), ...code];
}

function renderField({ path, before, after }: FieldChange, paint: Paint): string {
  if (before === undefined) return `    ${path}: ${paint("green", renderValue(after))}`;
  if (after === undefined) return `    ${path}: ${paint("red", renderValue(before))} ${paint("dim", "→ gone")}`;
  return `    ${path}: ${renderValue(before)} → ${paint("yellow", renderValue(after))}`;
}

function renderValue(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((entry) => typeof entry !== "object")) return value.join(", ") || "(none)";
  return JSON.stringify(value) ?? "";
}

function renderOrder({ before, after }: Reorder, paint: Paint): readonly string[] {
  const names = after.map(({ actionName }) => actionName);
  return [
    ...after.map(({ actionName, isOurs }, index) => {
      const was = before.indexOf(actionName);
      const note = was === -1 ? "newly bound" : was === index ? "" : `was ${was + 1}.`;
      const text = [`${index + 1}. ${actionName}`, isOurs ? "" : "(not ours)", note].filter(Boolean).join("  ");
      return `    ${was === -1 ? paint("green", text) : note === "" ? text : paint("yellow", text)}`;
    }),
    ...before.filter((name) => !names.includes(name)).map((name) => `    ${paint("red", `${name}  unbound`)}`),
  ];
}

function renderDiff(diff: string, paint: Paint): readonly string[] {
  return diff
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      if (/^(\+\+\+|---|@@)/.test(line)) return `    ${paint("dim", line)}`;
      if (line.startsWith("+")) return `    ${paint("green", line)}`;
      return `    ${line.startsWith("-") ? paint("red", line) : line}`;
    });
}

function renderUncompared({ uncompared }: Plan, paint: Paint): readonly string[] {
  if (uncompared.length === 0) return [];
  const head = "Not compared, because Auth0 never returns it; --write-secrets=<type>:<name> writes it again:";
  return ["", paint("dim", head), ...uncompared.map((row) => paint("dim", `    ${row}`))];
}

function renderUnmanaged(plan: Plan, paint: Paint): readonly string[] {
  if (plan.unmanaged.length === 0) return [];
  const rows = plan.unmanaged.map(
    ({ type, name, note }) => `    ${type} ${name}${note === undefined ? "" : ` (${note})`}`,
  );
  return ["", paint("dim", "Not in tenant.yaml, left alone:"), ...rows.map((row) => paint("dim", row))];
}

/** All that the overlay says, also what is so already: whoever reads tenant.yaml would not know. */
function renderOverlay({ overlay }: Plan, paint: Paint): readonly string[] {
  if (overlay === undefined || overlay.entries.length === 0) return [];
  const rows = overlay.entries.map(({ section, name, how, members }) => {
    const what = how === "changed" ? `: ${members.join(", ")}` : ` (${how})`;
    return `    ${section}${name === undefined ? "" : ` ${name}`}${what}`;
  });
  return ["", paint("dim", `From ${overlay.file}:`), ...rows.map((row) => paint("dim", row))];
}

/** The documented form of `--json` (docs/deploy.md). A change to its shape is a new version. */
export function renderPlanJson(plan: Plan): string {
  return JSON.stringify(describePlan(plan), undefined, 2);
}

export function describePlan(plan: Plan): object {
  const changes = plan.changes.map((change) => ({
    operation: change.operation,
    type: change.type,
    name: change.name,
    fields: change.fields.map(({ path, before, after }) => ({ path, before: before ?? null, after: after ?? null })),
    ...("codeDiff" in change && change.codeDiff !== undefined && { codeDiff: change.codeDiff }),
    ...(change.overlay !== undefined && { overlay: change.overlay }),
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
  return { version: 1, domain, fingerprint, changes, warnings, unmanaged, uncompared, ...(overlay && { overlay }) };
}
