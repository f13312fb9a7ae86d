import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";

const file = join(import.meta.dirname, "../../../tenant.yaml");

/** The keyword that variants use, filled with the field's other value. */
export const KEYWORD = "VARIANT_VALUE";
/** A file that the project has, so that only its meaning is in question. */
export const FILE = "./variant.txt";

/**
 * How one value of tenant.yaml is changed: to another valid one, taken out, to the empty value of its type, to null, to a
 * keyword that stands for the other valid value (with quotes or without), to the path of a file.
 */
export type Form = "other" | "absent" | "empty" | "null" | "keyword" | "bare keyword" | "file";

/** tenant.yaml with one value changed. `at`: keys and indexes, with dots. */
export function renderVariant(at: string, form: Form, other: unknown): string {
  const document = parseDocument(readFileSync(file, "utf8"));
  const path = at.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  if (!document.hasIn(path)) throw new Error(`tenant.yaml has no ${at}`);
  const value = document.toJS() as unknown;
  if (form === "absent") document.deleteIn(path);
  else document.setIn(path, changedValue(form, other, readAt(value, path)));
  const text = document.toString({ lineWidth: 0 });
  return form === "bare keyword" ? text.replace(`"##${KEYWORD}##"`, `##${KEYWORD}##`) : text;
}

function changedValue(form: Exclude<Form, "absent">, other: unknown, present: unknown): unknown {
  if (form === "other") return other;
  if (form === "null") return null;
  if (form === "file") return FILE;
  return form === "empty" ? emptyOf(present) : `##${KEYWORD}##`;
}

function emptyOf(present: unknown): unknown {
  if (Array.isArray(present)) return [];
  if (typeof present === "object" && present !== null) return {};
  if (typeof present === "boolean") return false;
  return typeof present === "number" ? 0 : "";
}

function readAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Readonly<Record<string | number, unknown>>)[key], value);
}
