import type { Paint, Style } from "../terminal/paint.ts";
import { renderColumns } from "../terminal/table.ts";
import type { Diagnosis } from "./diagnosis.ts";

const MARKS: Readonly<Record<Diagnosis["status"], readonly [mark: string, style: Style]>> = {
  right: ["✓", "green"],
  warning: ["!", "yellow"],
  wrong: ["✗", "red"],
  unknown: ["-", "dim"],
};

export function renderDiagnoses(diagnoses: readonly Diagnosis[], paint: Paint): string {
  const rows = diagnoses.map(({ check, status, message }) => {
    const [mark, style] = MARKS[status];
    return [paint(style, mark), check, message];
  });
  return `${renderColumns(rows)}\n\n${renderSum(diagnoses)}`;
}

function renderSum(diagnoses: readonly Diagnosis[]): string {
  const wrong = diagnoses.filter(({ status }) => status === "wrong").length;
  if (wrong > 0) return wrong === 1 ? "One thing is wrong." : `${wrong} things are wrong.`;
  const isAllKnown = diagnoses.every(({ status }) => status !== "unknown");
  return isAllKnown ? "Nothing is wrong." : "Nothing that was looked at is wrong.";
}
