import { type Paint, plain } from "../../terminal/paint.ts";
import { TERMINAL_WIDTH, wrap } from "../../terminal/wrap.ts";
import type { Change, Plan } from "./change.ts";
import { nameOperation, type Operation } from "./name-operation.ts";
import { renderChange } from "./render-change.ts";

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
    ...(plan.warnings.length === 0 ? [] : [""]),
    ...plan.warnings.flatMap(({ message }) => fold(`! ${message}`, "  ").map((line) => paint("yellow", line))),
    ...renderUncompared(plan, paint),
    ...renderUnmanaged(plan, paint),
    ...renderOverlay(plan, paint),
  ];
}

function renderCounts(changes: readonly Change[]): string {
  if (changes.length === 0) return "nothing to do";
  const count = (operation: Operation) => changes.filter((change) => nameOperation(change) === operation).length;
  const parts: readonly (readonly [number, string])[] = [
    [count("create"), "to create"],
    [count("update"), "to update"],
    ...(["bind", "re-order", "change"] as const).map((verb) => [count(verb), `flow to ${verb}`] as const),
    [count("delete"), "to delete"],
  ];
  return parts
    .filter(([number]) => number > 0)
    .map(([number, text]) => `${number} ${text}`)
    .join(", ");
}

function renderShown(names: readonly string[]): readonly string[] {
  const rows = [...new Set(names)].map((name) => {
    const count = names.filter((other) => other === name).length;
    return `${count === 1 ? "1 change is" : `${count} changes are`} the same as for ${name}.`;
  });
  return rows.length === 0 ? [] : ["", ...rows];
}

/** In lines of a terminal's width; those that follow are indented. */
function fold(text: string, indent: string): readonly string[] {
  const start = /^ */.exec(text)?.[0] ?? "";
  const [first = "", ...rest] = wrap(
    text.trimStart().split(" "),
    TERMINAL_WIDTH - Math.max(start.length, indent.length),
  ).split("\n");
  return [`${start}${first}`, ...rest.map((line) => `${indent}${line}`)];
}

function renderUncompared({ uncompared }: Plan, paint: Paint): readonly string[] {
  if (uncompared.length === 0) return [];
  const head = "Not compared, because Auth0 never returns it; --write-secrets=<type>:<name> writes it again:";
  const rows = uncompared.flatMap((row) => fold(`    ${row}`, "      "));
  return ["", ...[...fold(head, ""), ...rows].map((line) => paint("dim", line))];
}

function renderUnmanaged(plan: Plan, paint: Paint): readonly string[] {
  if (plan.unmanaged.length === 0) return [];
  const rows = plan.unmanaged.map(
    ({ type, name, note }) => `    ${type} ${name}${note === undefined ? "" : ` (${note})`}`,
  );
  const lines = rows.flatMap((row) => fold(row, "      "));
  return ["", paint("dim", "Not in tenant.yaml, left alone:"), ...lines.map((line) => paint("dim", line))];
}

/** All that the overlay says, also what is so already: whoever reads tenant.yaml would not know. */
function renderOverlay({ overlay }: Plan, paint: Paint): readonly string[] {
  if (overlay === undefined || overlay.entries.length === 0) return [];
  const rows = overlay.entries.map(({ section, name, how, members }) => {
    const what = how === "changed" ? `: ${members.join(", ")}` : ` (${how})`;
    return `    ${section}${name === undefined ? "" : ` ${name}`}${what}`;
  });
  const lines = rows.flatMap((row) => fold(row, "      "));
  return ["", paint("dim", `From ${overlay.file}:`), ...lines.map((line) => paint("dim", line))];
}
