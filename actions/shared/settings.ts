import { ActionError } from "./action-error.ts";

/** An Action's secrets as the platform hands them over: any of them may be missing. */
export type Secrets<Name extends string> = { readonly [name in Name]?: string | undefined };

const badSetting = (name: string, demand: string) =>
  new ActionError(`${name} ${demand}. Set it among the Action's secrets and deploy.`);

/** The setting, or undefined if it is missing, empty or blank. */
export const readOptional = <Name extends string>(secrets: Secrets<Name>, name: Name): string | undefined =>
  secrets[name]?.trim() || undefined;

/** @throws {ActionError} `bad_setting` */
export function readRequired<Name extends string>(secrets: Secrets<Name>, name: Name): string {
  const value = readOptional(secrets, name);
  if (!value) throw badSetting(name, "is missing");
  return value;
}

/** The setting as a list of names with commas between. */
export const readList = <Name extends string>(secrets: Secrets<Name>, name: Name, fallback = ""): readonly string[] =>
  (readOptional(secrets, name) ?? fallback).split(",").flatMap((entry) => entry.trim() || []);

/**
 * The setting if it is one of `choices`, the first of them if it is missing.
 *
 * @throws {ActionError} `bad_setting` on any other value: a misspelt choice must not become the default unnoticed
 */
export function readChoice<Name extends string, const Choice extends string>(
  secrets: Secrets<Name>,
  name: Name,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const value = readOptional(secrets, name) ?? choices[0];
  const choice = choices.find((candidate) => candidate === value);
  if (!choice) throw badSetting(name, `must be one of ${choices.join(", ")}`);
  return choice;
}

/**
 * The setting as a whole number from 1, or `fallback` if it is missing.
 *
 * @throws {ActionError} `bad_setting`
 */
export function readCount<Name extends string>(secrets: Secrets<Name>, name: Name, fallback: number): number {
  const value = readOptional(secrets, name);
  if (value === undefined) return fallback;
  if (!/^[1-9]\d{0,5}$/.test(value)) throw badSetting(name, "must be a whole number from 1");
  return Number(value);
}

const INSTANT_PATTERN = /^\d{4}-\d\d-(\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

/**
 * A day (its start in UTC) or a time with its offset, in milliseconds since the epoch; undefined if missing.
 *
 * @throws {ActionError} `bad_setting`
 */
export function readInstant<Name extends string>(secrets: Secrets<Name>, name: Name): number | undefined {
  return readOptional(secrets, name) === undefined ? undefined : readRequiredInstant(secrets, name);
}

/**
 * The same of a setting that must be there.
 *
 * @throws {ActionError} `bad_setting`, also for days that no calendar has: Date.parse takes February 30 for March 2
 */
export function readRequiredInstant<Name extends string>(secrets: Secrets<Name>, name: Name): number {
  const value = readRequired(secrets, name);
  const day = INSTANT_PATTERN.exec(value)?.[1];
  const instant = Date.parse(value);
  if (Number.isNaN(instant) || new Date(value.slice(0, 10)).getUTCDate() !== Number(day)) {
    throw badSetting(name, "must be a day like 2026-01-31 or a time like 2026-01-31T12:00:00Z");
  }
  return instant;
}

const isLoopback = (hostname: string) =>
  hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);

/**
 * An absolute https URL (http on loopback); undefined if missing.
 *
 * @throws {ActionError} `bad_setting`
 */
export function readUrl<Name extends string>(secrets: Secrets<Name>, name: Name): string | undefined {
  const value = readOptional(secrets, name);
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname))) return value;
  throw badSetting(name, "must be an absolute https URL");
}
