import type { Paint } from "../terminal/paint.ts";
import { renderTable } from "../terminal/table.ts";
import { isRight, type Row, type Section } from "./row.ts";

const titles: Readonly<Record<Section, string>> = {
  deploy: "Deploy",
  apis: "APIs",
  applications: "Applications",
  grants: "Client grants",
  roles: "Roles",
  databases: "Databases",
  actions: "Actions",
  flows: "Flows",
};

/** One line. `name` and `ok` are in every row, the rest depends on its section. */
export function renderRowsJson(rows: readonly Row[]): string {
  return JSON.stringify({
    rows: rows.map((row) => {
      const { name, section, facts, problems } = row;
      return { name, ok: isRight(row), section, ...facts, ...(problems.length > 0 && { problems }) };
    }),
  });
}

/** A table a section, each line with its mark; what is wrong stands below the table. */
export function renderRows(rows: readonly Row[], paint: Paint): string {
  const sections = [...new Set(rows.map(({ section }) => section))];
  const wrong = rows.filter((row) => !isRight(row));
  const summary =
    wrong.length === 0
      ? paint("green", `All ${rows.length} rows are right.`)
      : paint("red", `${wrong.length} of ${rows.length} rows are wrong.`);
  return [
    ...sections.map((section) =>
      renderSection(
        titles[section],
        rows.filter((row) => row.section === section),
        paint,
      ),
    ),
    summary,
  ].join("\n\n");
}

function renderSection(title: string, rows: readonly Row[], paint: Paint): string {
  const columns = Object.keys(rows[0]?.facts ?? {});
  const header = ["", ...["name", ...columns].map((column) => paint("dim", column.toUpperCase()))];
  const lines = rows.map((row) => [
    isRight(row) ? paint("green", "✓") : paint("red", "✗"),
    row.name,
    ...columns.map((column) => renderFact(row.facts[column])),
  ]);
  const problems = rows.flatMap(({ name, problems }) =>
    problems.map((problem) => `\n${paint("red", `✗ ${name}: ${problem}`)}`),
  );
  return `${paint("bold", title)}\n${renderTable(header, lines)}${problems.join("")}`;
}

function renderFact(fact: Row["facts"][string] | undefined): string {
  if (typeof fact === "object") return fact.join(", ") || "-";
  if (typeof fact === "boolean") return fact ? "yes" : "no";
  return String(fact ?? "-");
}
