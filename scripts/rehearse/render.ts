import type { Paint } from "../terminal/paint.ts";
import { renderTable } from "../terminal/table.ts";
import { wrap } from "../terminal/wrap.ts";
import { renderLogins } from "./render-logins.ts";
import { type InventoryRow, type InventorySection, isRight, type Row } from "./row.ts";

const TITLES: Readonly<Record<InventorySection, string>> = {
  deploy: "Deploy",
  settings: "Settings",
  apis: "APIs",
  applications: "Applications",
  grants: "Client grants",
  roles: "Roles",
  databases: "Databases",
  actions: "Actions",
  flows: "Flows",
};

/** Beside what else a row has. */
const LIST_WIDTH = 40;

/** A table a section, each line with its mark; what is wrong stands below the table. */
export function renderRows(rows: readonly Row[], paint: Paint): string {
  const inventory = rows.filter((row) => row.section !== "logins");
  const logins = rows.filter((row) => row.section === "logins");
  const sections = [...new Set(inventory.map(({ section }) => section))];
  const wrong = rows.filter((row) => !isRight(row));
  const summary =
    wrong.length === 0
      ? paint("green", `All ${rows.length} rows are right.`)
      : paint("red", `${wrong.length} of ${rows.length} rows are wrong.`);
  return [
    ...sections.map((section) => {
      const inSection = inventory.filter((row) => row.section === section);
      return renderSection(TITLES[section], inSection, renderInventory(inSection, paint), paint);
    }),
    ...(logins.length === 0 ? [] : [renderSection("Logins", logins, renderLogins(logins, paint), paint)]),
    summary,
  ].join("\n\n");
}

function renderSection(title: string, rows: readonly Row[], table: string, paint: Paint): string {
  const problems = rows.flatMap(({ name, problems }) =>
    problems.map((problem) => `\n${paint("red", `✗ ${name}: ${problem}`)}`),
  );
  return `${paint("bold", title)}\n${table}${problems.join("")}`;
}

function renderInventory(rows: readonly InventoryRow[], paint: Paint): string {
  const columns = Object.keys(rows[0]?.facts ?? {});
  const header = ["", ...["name", ...columns].map((column) => paint("dim", column.toUpperCase()))];
  const lines = rows.map((row) => [
    renderMark(row, paint),
    row.name,
    ...columns.map((column) => renderFact(row.facts[column])),
  ]);
  return renderTable(header, lines);
}

function renderFact(fact: InventoryRow["facts"][string] | undefined): string {
  if (typeof fact === "object") return wrap(fact, LIST_WIDTH, ", ") || "-";
  if (typeof fact === "boolean") return fact ? "yes" : "no";
  return String(fact ?? "-");
}

const renderMark = (row: Row, paint: Paint): string => (isRight(row) ? paint("green", "✓") : paint("red", "✗"));
