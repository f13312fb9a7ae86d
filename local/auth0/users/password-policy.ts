import type { Connection } from "../state/resources.ts";
import { UserError } from "./user-error.ts";

/** One rule and whether the password keeps it, in the form in which Auth0 reports it to a sign-up. */
export interface PasswordRule {
  readonly message: string;
  readonly format?: readonly (number | string)[];
  readonly code: string;
  readonly verified: boolean;
  readonly items?: readonly PasswordRule[];
}

export interface PasswordCheck {
  readonly rules: readonly PasswordRule[];
  readonly verified: boolean;
}

interface Policy {
  readonly minLength: number;
  /** How many of the character types there must be; 0 asks for none. */
  readonly types: number;
  readonly among: readonly CharacterType[];
  /** Most times that a character may stand in a row. */
  readonly identical: number | undefined;
}

const CHARACTER_TYPES = {
  lowercase: { message: "lower case letters (a-z)", code: "lowerCase", pattern: /[a-z]/ },
  uppercase: { message: "upper case letters (A-Z)", code: "upperCase", pattern: /[A-Z]/ },
  number: { message: "numbers (i.e. 0-9)", code: "numbers", pattern: /[0-9]/ },
  special: { message: "special characters (e.g. !@#$%^&*)", code: "specialCharacters", pattern: /[^a-zA-Z0-9\s]/ },
} as const;
type CharacterType = keyof typeof CHARACTER_TYPES;
const ALL_TYPES: readonly CharacterType[] = ["lowercase", "uppercase", "number", "special"];

/** Auth0 docs, "Password Strength in Auth0 Database Connections". */
const POLICIES: Readonly<Record<string, Policy>> = {
  none: { minLength: 1, types: 0, among: [], identical: undefined },
  low: { minLength: 6, types: 0, among: [], identical: undefined },
  fair: { minLength: 8, types: 3, among: ["lowercase", "uppercase", "number"], identical: undefined },
  good: { minLength: 8, types: 3, among: ALL_TYPES, identical: undefined },
  excellent: { minLength: 10, types: 3, among: ALL_TYPES, identical: 2 },
};

/**
 * Checks a new password against its connection. Throws UserError `password_too_weak` (with the rules),
 * `password_too_common` or `password_has_user_info`. `profile` is what the password must not contain, where the
 * connection asks for that.
 */
export function checkPassword(
  connection: Connection,
  password: string,
  profile: Readonly<Record<string, unknown>> = {},
): void {
  const check = verifyPassword(readPolicy(connection.options), password);
  if (!check.verified) throw new UserError("password_too_weak", "PasswordStrengthError: Password is too weak", check);
  if (readDictionary(connection.options).some((word) => word.toLowerCase() === password.toLowerCase())) {
    throw new UserError("password_too_common", "PasswordDictionaryError: Password is too common");
  }
  if (asksForNoPersonalInfo(connection.options) && containsPersonalInfo(password, profile)) {
    throw new UserError("password_has_user_info", "PasswordNoUserInfoError: Password contains user information");
  }
}

/** The rules as a text for people, a line each. */
export function renderPolicy({ rules }: PasswordCheck): string {
  const line = (rule: PasswordRule): string => {
    const numbers = [...(rule.format ?? [])];
    return `* ${rule.message.replaceAll(/%[ds]/g, () => String(numbers.shift() ?? ""))}`;
  };
  return rules.flatMap((rule) => [line(rule), ...(rule.items ?? []).map((item) => ` ${line(item)}`)]).join("\n");
}

function verifyPassword({ minLength, types, among, identical }: Policy, password: string): PasswordCheck {
  const items = among.map((type) => {
    const { message, code, pattern } = CHARACTER_TYPES[type];
    return { message, code, verified: pattern.test(password) };
  });
  const rules: PasswordRule[] = [
    {
      message: "At least %d characters in length",
      format: [minLength],
      code: "lengthAtLeast",
      verified: password.length >= minLength,
    },
  ];
  if (types > 0) {
    const verified = items.filter((item) => item.verified).length >= types;
    rules.push(
      types === among.length
        ? { message: "Should contain:", code: "shouldContain", verified, items }
        : {
            message: "Contain at least %d of the following %d types of characters:",
            format: [types, among.length],
            code: "containsAtLeast",
            verified,
            items,
          },
    );
  }
  if (identical !== undefined) {
    rules.push({
      message: 'No more than %d identical characters in a row (e.g., "%s" not allowed)',
      format: [identical, "a".repeat(identical + 1)],
      code: "identicalChars",
      verified: !new RegExp(`(.)\\1{${identical}}`, "s").test(password),
    });
  }
  return { rules, verified: rules.every((rule) => rule.verified) };
}

/** `passwordPolicy` decides where it is given; else the newer `password_options`, which a new connection always has. */
function readPolicy(options: Connection["options"]): Policy {
  const named = typeof options.passwordPolicy === "string" ? POLICIES[options.passwordPolicy] : undefined;
  if (named !== undefined) {
    const minLength = numberOr(inner(options.password_complexity_options).min_length, named.minLength);
    return { ...named, minLength };
  }
  const complexity = inner(inner(options.password_options).complexity);
  const asked = Array.isArray(complexity.character_types) ? complexity.character_types : [];
  const among = ALL_TYPES.filter((type) => asked.includes(type));
  return {
    minLength: numberOr(complexity.min_length, 8),
    types: complexity.character_type_rule === "three_of_four" ? Math.min(3, among.length) : among.length,
    among,
    identical: complexity.identical_characters === "block" ? 2 : undefined,
  };
}

function readDictionary(options: Connection["options"]): readonly string[] {
  const former = inner(options.password_dictionary);
  const newer = inner(inner(options.password_options).dictionary);
  const words = former.enable === true ? former.dictionary : newer.active === true ? newer.custom : [];
  return Array.isArray(words) ? words.filter((word) => typeof word === "string") : [];
}

function asksForNoPersonalInfo(options: Connection["options"]): boolean {
  return (
    inner(options.password_no_personal_info).enable === true ||
    inner(inner(options.password_options).profile_data).active === true
  );
}

function containsPersonalInfo(password: string, profile: Readonly<Record<string, unknown>>): boolean {
  const text = password.toLowerCase();
  const email = typeof profile.email === "string" ? profile.email.split("@")[0] : undefined;
  return [profile.name, profile.username, profile.nickname, profile.given_name, profile.family_name, email].some(
    (part) => typeof part === "string" && part.length > 2 && text.includes(part.toLowerCase()),
  );
}

function inner(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === "number" ? value : fallback;
}
