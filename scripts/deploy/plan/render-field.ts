import { createTwoFilesPatch } from "diff";
import { stringify } from "yaml";
import type { Paint } from "../../terminal/paint.ts";
import { TERMINAL_WIDTH, widthOf } from "../../terminal/wrap.ts";
import type { FieldChange } from "../compare/compare-fields.ts";

const INDENT = "    ";
const DEEPER = "      ";

/** A field of a change: a line where it fits into one, else its value below, in the form that tenant.yaml has. */
export function renderField(field: FieldChange, paint: Paint): readonly string[] {
  const line = renderLine(field, paint);
  if (!line.includes("\n") && widthOf(line) <= TERMINAL_WIDTH) return [line];
  const { path, before, after } = field;
  if (after === undefined) return [`${INDENT}${path}: ${paint("dim", "→ gone")}`];
  if (before !== undefined) return [`${INDENT}${path}:`, ...renderDiff(toText(before), toText(after), paint)];
  // A text of several lines is a file of the project.
  if (typeof after === "string" && after.trimEnd().includes("\n")) {
    return [`${INDENT}${path}: ${paint("green", `${after.trimEnd().split("\n").length} lines`)}`];
  }
  if (typeof after === "string") return [line];
  return [
    `${INDENT}${path}:`,
    ...toText(after)
      .split("\n")
      .map((text) => `${DEEPER}${paint("green", text)}`),
  ];
}

function renderLine({ path, before, after }: FieldChange, paint: Paint): string {
  if (before === undefined) return `${INDENT}${path}: ${paint("green", renderValue(after))}`;
  if (after === undefined) return `${INDENT}${path}: ${paint("red", renderValue(before))} ${paint("dim", "→ gone")}`;
  return `${INDENT}${path}: ${renderValue(before)} → ${paint("yellow", renderValue(after))}`;
}

function renderValue(value: unknown): string {
  if (typeof value === "string") return value.trimEnd();
  if (Array.isArray(value) && value.every((entry) => typeof entry !== "object")) return value.join(", ") || "(none)";
  return JSON.stringify(value) ?? "";
}

const toText = (value: unknown): string =>
  (typeof value === "string" ? value : stringify(value, { lineWidth: TERMINAL_WIDTH - DEEPER.length })).trimEnd();

/** Without the head: both are the same field. */
function renderDiff(before: string, after: string, paint: Paint): readonly string[] {
  const patch = createTwoFilesPatch("", "", `${before}\n`, `${after}\n`, "", "", { context: 2 });
  return renderPatch(patch.slice(patch.indexOf("@@")), DEEPER, paint);
}

/** The lines of a unified diff. */
export function renderPatch(patch: string, indent: string, paint: Paint): readonly string[] {
  return patch
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      if (/^(\+\+\+|---|@@)/.test(line)) return `${indent}${paint("dim", line)}`;
      if (line.startsWith("+")) return `${indent}${paint("green", line)}`;
      return `${indent}${line.startsWith("-") ? paint("red", line) : line}`;
    });
}
