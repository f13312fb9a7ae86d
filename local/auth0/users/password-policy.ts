import { charsets, PasswordPolicy, type Rules } from "password-sheriff";
import type { Connection } from "../state/resources.ts";
import { UserError } from "./user-error.ts";

const { lowerCase, upperCase, numbers, specialCharacters } = charsets;
const CHARACTER_TYPES = { lowercase: lowerCase, uppercase: upperCase, number: numbers, special: specialCharacters };
const THREE_OF_FOUR = { atLeast: 3, expressions: Object.values(CHARACTER_TYPES) };

/** Auth0 docs, "Password Strength in Auth0 Database Connections". */
const POLICIES: Readonly<Record<string, Rules>> = {
  none: { length: { minLength: 1 } },
  low: { length: { minLength: 6 } },
  fair: { length: { minLength: 8 }, contains: { expressions: [lowerCase, upperCase, numbers] } },
  good: { length: { minLength: 8 }, containsAtLeast: THREE_OF_FOUR },
  excellent: { length: { minLength: 10 }, containsAtLeast: THREE_OF_FOUR, identicalChars: { max: 2 } },
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
  const policy = new PasswordPolicy(readRules(connection.options));
  const missing = policy.missing(password);
  if (!missing.verified) {
    const weakness = { missing, policy: policy.toString() };
    throw new UserError("password_too_weak", "PasswordStrengthError: Password is too weak", weakness);
  }
  if (readDictionary(connection.options).some((word) => word.toLowerCase() === password.toLowerCase())) {
    throw new UserError("password_too_common", "PasswordDictionaryError: Password is too common");
  }
  if (asksForNoPersonalInfo(connection.options) && containsPersonalInfo(password, profile)) {
    throw new UserError("password_has_user_info", "PasswordNoUserInfoError: Password contains user information");
  }
}

/** `passwordPolicy` decides where it is given; else the newer `password_options`, which a new connection always has. */
function readRules(options: Connection["options"]): Rules {
  const named = typeof options.passwordPolicy === "string" ? POLICIES[options.passwordPolicy] : undefined;
  if (named !== undefined) {
    const { min_length: minLength } = inner(options.password_complexity_options);
    return { ...named, length: { minLength: numberOr(minLength, named.length.minLength) } };
  }
  const complexity = inner(inner(options.password_options).complexity);
  const asked = Array.isArray(complexity.character_types) ? complexity.character_types : [];
  const expressions = Object.entries(CHARACTER_TYPES).flatMap(([type, it]) => (asked.includes(type) ? [it] : []));
  const isThreeOfFour = complexity.character_type_rule === "three_of_four" && expressions.length > 3;
  return {
    length: { minLength: numberOr(complexity.min_length, 8) },
    ...(isThreeOfFour && { containsAtLeast: { atLeast: 3, expressions } }),
    ...(!isThreeOfFour && expressions.length > 0 && { contains: { expressions } }),
    ...(complexity.identical_characters === "block" && { identicalChars: { max: 2 } }),
    // Auth0 does not say how many in a row it allows; fewer than two cannot be asked for.
    ...(complexity.sequential_characters === "block" && { sequentialChars: { max: 2 } }),
    // bcrypt looks at no more. With "truncate" Auth0 cuts the rest off.
    ...(complexity.max_length_exceeded === "error" && { maxLength: { maxBytes: 72 } }),
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
