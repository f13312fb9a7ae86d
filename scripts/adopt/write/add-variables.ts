import { parseEnv } from "node:util";
import type { MissingSecret } from "../report.ts";

const HEADING = "# Secrets that only Auth0 knows: docs/adopt.md says how each is written from here.";

const VALUES_HEADING = "# What this tenant has where tenant.yaml has a keyword.";

/** The text of a file of variables with those that it lacks, empty. */
export function addSecrets(text: string, secrets: readonly MissingSecret[]): string {
  const known = parseEnv(text);
  const missing = [...new Set(secrets.map(({ variable }) => variable))].filter((name) => !Object.hasOwn(known, name));
  return addLines(
    text,
    HEADING,
    missing.map((name) => `${name}=`),
  );
}

/** The same with values, which are as learnValues takes them. */
export function addValues(text: string, values: ReadonlyMap<string, string>): string {
  return addLines(
    text,
    VALUES_HEADING,
    [...values].map(([name, value]) => `${name}=${/^[\w.:/@+-]+$/.test(value) ? value : `"${value}"`}`),
  );
}

function addLines(text: string, heading: string, lines: readonly string[]): string {
  if (lines.length === 0) return text;
  const end = text === "" || text.endsWith("\n") ? "" : "\n";
  const gap = text === "" ? "" : "\n";
  return `${text}${end}${gap}${heading}\n${lines.map((line) => `${line}\n`).join("")}`;
}
