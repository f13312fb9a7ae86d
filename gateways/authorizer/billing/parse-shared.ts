import type { Products } from "./source.ts";

/** Of what another node left; undefined: it is not of this form. */
export const parseTexts = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.every((one): one is string => typeof one === "string") ? value : undefined;

/** Of its entries; undefined: it is not of this form. */
export function parseProducts(value: unknown): Products | undefined {
  if (!Array.isArray(value)) return undefined;
  const products = new Map<string, readonly string[]>();
  for (const entry of value as unknown[]) {
    const [name, listed] = Array.isArray(entry) ? (entry as unknown[]) : [];
    const ids = parseTexts(listed);
    if (typeof name !== "string" || ids === undefined) return undefined;
    products.set(name, ids);
  }
  return products;
}
