import { renderSize } from "../terminal/size.ts";
import { renderTable } from "../terminal/table.ts";
import { foldLines } from "../terminal/wrap.ts";
import type { Build, BuiltAction } from "./build-project.ts";
import type { Finding } from "./finding.ts";

/** For a person: the bundles as a table, then every finding. */
export function renderBuild({ actions, findings, ok }: Build): string {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const summary = ok
    ? `${count(actions.length, "Action")} built.`
    : `${count(errors, "error")}: nothing was written, dist/ is as it was.`;
  const table = renderActions(actions);
  return [...(table === "" ? [] : [table, ""]), ...findings.map(renderFinding), summary].join("\n");
}

/** For scripts: the same without the code. */
export function renderBuildJson({ ok, actions, findings }: Build): string {
  return JSON.stringify({ ok, actions: actions.map(({ code: _, ...rest }) => rest), findings });
}

function renderActions(actions: readonly BuiltAction[]): string {
  const header = ["ACTION", "CODE", "DEPENDENCIES", "SECRETS"];
  const rows = actions.map(({ name, bytes, limit, form, dependencies, secrets }) => [
    name,
    [renderSize(bytes), ...(bytes >= limit / 2 ? [`of ${renderSize(limit)},`] : []), form].join(" "),
    dependencies.join(", ") || "-",
    secrets.join(", ") || "-",
  ]);
  return renderTable(header, rows);
}

export function renderFinding({ severity, code, place, message, limit }: Finding): string {
  // What stands below the first line is code.
  const [sentence = "", ...frame] = `  ${message}${limit ? ` Limit: ${limit}.` : ""}\n`.split("\n");
  return [`${severity} ${place} [${code}]`, foldLines(sentence), ...frame].join("\n");
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;
