import { IDENTIFIERS } from "../../state/user-keys.ts";

export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly path: string;
}

type Kind = "string" | "boolean" | "object" | "array";

/** Source: Auth0 docs, "Bulk User Import Database Schema and Examples". */
const FIELDS: ReadonlyMap<string, Kind> = new Map([
  ["email", "string"],
  ["email_verified", "boolean"],
  ["phone_number", "string"],
  ["phone_verified", "boolean"],
  ["user_id", "string"],
  ["username", "string"],
  ["given_name", "string"],
  ["family_name", "string"],
  ["name", "string"],
  ["nickname", "string"],
  ["picture", "string"],
  ["blocked", "boolean"],
  ["password_hash", "string"],
  ["custom_password_hash", "object"],
  ["app_metadata", "object"],
  ["user_metadata", "object"],
  ["mfa_factors", "array"],
]);

/** What keeps a user of the file from being imported. */
export function listProblems(user: unknown): readonly Problem[] {
  if (!isRecord(user)) return [problem("INVALID_TYPE", "Expected type object.", "")];
  const wrong = Object.entries(user).flatMap(([name, value]) => {
    const kind = FIELDS.get(name);
    if (kind === undefined)
      return [problem("OBJECT_ADDITIONAL_PROPERTIES", `Additional properties not allowed: ${name}`, "")];
    return kindOf(value) === kind
      ? []
      : [problem("INVALID_TYPE", `Expected type ${kind} but found type ${kindOf(value)}`, name)];
  });
  const isNamed = IDENTIFIERS.some((name) => typeof user[name] === "string");
  if (!isNamed) wrong.push(problem("OBJECT_REQUIRED", "Missing required property: email", ""));
  if (typeof user.email === "string" && !/^[^\s@]+@[^\s@]+$/.test(user.email)) {
    wrong.push(problem("INVALID_FORMAT", "Object didn't pass validation for format email", "email"));
  }
  return wrong;
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const problem = (code: string, message: string, path: string): Problem => ({ code, message, path });

const kindOf = (value: unknown): string => (Array.isArray(value) ? "array" : value === null ? "null" : typeof value);
