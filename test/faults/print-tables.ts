import { rmSync } from "node:fs";
import { renderTable } from "../../scripts/terminal/table.ts";
import { type Row, readRows, rowsFolder } from "./record-rows.ts";

/** At the end of all suites: requests × faults, and how the deploys ended. */
export default function printTables(): void {
  const rows = readRows();
  rmSync(rowsFolder(), { recursive: true });
  for (const table of [...new Set(rows.map((row) => row.table))].sort()) {
    console.log(`\n${table}\n\n${render(rows.filter((row) => row.table === table))}`);
  }
}

function render(rows: readonly Row[]): string {
  const faults = [...new Set(rows.map(({ fault }) => fault))].sort();
  const requests = [...new Set(rows.map(({ request }) => request))].sort(byPathThenMethod);
  const cells = requests.map((request) => [
    request,
    ...faults.map((fault) => count(rows.filter((row) => row.request === request && row.fault === fault))),
  ]);
  const sums = ["in all", ...faults.map((fault) => count(rows.filter((row) => row.fault === fault)))];
  return renderTable(["REQUEST", ...faults], [...cells, sums]);
}

function byPathThenMethod(one: string, other: string): number {
  const turned = (text: string) => text.split(" ").reverse().join(" ");
  return turned(one) < turned(other) ? -1 : 1;
}

/** `3 new 1 old` */
function count(rows: readonly Row[]): string {
  const outcomes = [...new Set(rows.map(({ outcome }) => outcome))].sort();
  return (
    outcomes.map((outcome) => `${rows.filter((row) => row.outcome === outcome).length} ${outcome}`).join(" ") || "-"
  );
}
