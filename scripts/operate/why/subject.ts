import { usageError } from "../../command.ts";

/** Whom or what is asked about. */
export type Subject =
  | { readonly kind: "entry"; readonly logId: string }
  | { readonly kind: "user"; readonly field: "user_name" | "user_id"; readonly value: string };

/**
 * A log id is a long row of digits; what has a bar in it is a user id (`auth0|5f7c…`); an email address or a phone number
 * is a user name.
 *
 * @throws {CommandError} USAGE
 */
export function parseSubject(text: string): Subject {
  const value = text.trim();
  if (/^\d{20,}$/.test(value)) return { kind: "entry", logId: value };
  if (/^[\w-]+\|.+$/.test(value)) return { kind: "user", field: "user_id", value };
  if (/^[^\s@]+@[^\s@]+$/.test(value) || /^\+\d{6,15}$/.test(value)) return { kind: "user", field: "user_name", value };
  throw usageError(
    "USAGE",
    "That is neither an email address, a phone number (+49…), a user id (auth0|…) nor the id of a log entry (digits).",
  );
}

/**
 * The query for the log, in the part of Lucene's syntax that Auth0 has. Values are compared with their case, and Auth0
 * keeps email addresses in lower case (Auth0 docs, "Log Search Query Syntax").
 */
export function renderQuery({ field, value }: Extract<Subject, { kind: "user" }>, types: readonly string[]): string {
  const values = [...new Set(field === "user_name" ? [value, value.toLowerCase()] : [value])];
  const who = values.map((one) => `${field}:"${one.replaceAll(/["\\]/g, "\\$&")}"`).join(" OR ");
  return `(${who}) AND (${types.map((type) => `type:${type}`).join(" OR ")})`;
}
