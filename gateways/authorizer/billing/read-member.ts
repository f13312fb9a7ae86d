import type { Problems } from "../problems.ts";

export function readText(from: Record<string, unknown>, name: string, problems: Problems): string | undefined {
  const value = from[name];
  if (value === undefined || (typeof value === "string" && value !== "")) return value;
  return problems.add(name, "expected the name of a claim");
}

export function readHttps(from: Record<string, unknown>, name: string, problems: Problems): string | undefined {
  const value = from[name];
  if (value === undefined) return undefined;
  if (typeof value === "string" && URL.canParse(value) && new URL(value).protocol === "https:") return value;
  return problems.add(name, "expected an https address");
}

/** An https URL that ends in a slash, as add-email-claim takes it. */
export function readNamespace(from: Record<string, unknown>, name: string, problems: Problems): string | undefined {
  const value = readHttps(from, name, problems);
  if (value === undefined || value.endsWith("/")) return value;
  return problems.add(name, "expected a slash at the end");
}

/** The first choice is the default. */
export function readChoice<const T extends string>(
  from: Record<string, unknown>,
  name: string,
  choices: readonly [T, ...T[]],
  problems: Problems,
): T {
  const value = from[name] ?? choices[0];
  const choice = choices.find((one) => one === value);
  if (choice === undefined) problems.add(name, `expected ${choices.join(" or ")}`);
  return choice ?? choices[0];
}

export function readNumber(from: Record<string, unknown>, name: string, fallback: number, problems: Problems): number {
  const value = from[name] ?? fallback;
  if (typeof value === "number" && Number.isFinite(value) && value > 0) return value;
  problems.add(name, "expected a number above 0");
  return fallback;
}
