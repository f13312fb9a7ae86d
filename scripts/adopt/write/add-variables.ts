import { parseEnv } from "node:util";
import type { MissingSecret } from "../report.ts";

const HEADING =
  "# Secrets that only Auth0 knows. Each belongs to a comment of tenant.yaml: docs/adopt.md says how it is written from here.";

/** The text of a file of variables with those that it lacks, empty. */
export function addVariables(text: string, secrets: readonly MissingSecret[]): string {
  const known = parseEnv(text);
  const missing = [...new Set(secrets.map(({ variable }) => variable))].filter((name) => !Object.hasOwn(known, name));
  if (missing.length === 0) return text;
  const end = text === "" || text.endsWith("\n") ? "" : "\n";
  const gap = text === "" ? "" : "\n";
  return `${text}${end}${gap}${HEADING}\n${missing.map((name) => `${name}=\n`).join("")}`;
}
