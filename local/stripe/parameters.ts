import { invalidRequest, missingParameter } from "./errors.ts";
import type { FormMap, FormValue } from "./form.ts";

/** Turns one form value into what the operation works with; throws the 400 that Stripe answers. */
export type Parser<T> = (value: FormValue, name: string) => T;
export type Schema = Readonly<Record<string, Parser<unknown>>>;
/** A parser for every parameter of a call in the SDK's types, and for no other: drift does not compile. */
export type ParametersOf<Call> = Readonly<Record<keyof Call, Parser<unknown>>>;
export type Parsed<S extends Schema> = { [K in keyof S]?: ReturnType<S[K]> };

/** Parses a request's parameters. What the schema does not name is refused, as Stripe does. */
export function parseParameters<S extends Schema>(schema: S, form: FormMap): Parsed<S> {
  return parseObject(schema, form, (key) => key);
}

function parseObject<S extends Schema>(schema: S, form: FormMap, nameOf: (key: string) => string): Parsed<S> {
  const unknown = [...form.keys()].filter((key) => !Object.hasOwn(schema, key)).map(nameOf);
  if (unknown.length > 0) {
    throw invalidRequest(`Received unknown parameter${unknown.length > 1 ? "s" : ""}: ${unknown.join(", ")}`, {
      code: "parameter_unknown",
      param: unknown[0] ?? "",
    });
  }
  const parsed: Record<string, unknown> = {};
  for (const [key, value] of form) parsed[key] = schema[key]?.(value, nameOf(key));
  return parsed as Parsed<S>;
}

function scalar(value: FormValue, name: string): string {
  if (typeof value !== "string") throw invalidRequest("Invalid string", { param: name });
  return value;
}

/** A string up to `max` characters; the empty one unsets. */
export const text =
  (max: number): Parser<string | null> =>
  (value, name) => {
    const given = scalar(value, name);
    if ([...given].length > max) {
      throw invalidRequest(`Invalid string: ${name} must be at most ${max} characters`, {
        code: "parameter_invalid_string_long",
        param: name,
      });
    }
    return given === "" ? null : given;
  };

/** A string that may not be empty: an id, a query. */
export const nonEmptyText =
  (max: number): Parser<string> =>
  (value, name) => {
    const given = text(max)(value, name);
    if (given !== null) return given;
    throw invalidRequest(
      `You passed an empty string for '${name}'. We assume empty values are an attempt to unset a parameter; however '${name}' cannot be unset. You should remove '${name}' from your request or supply a non-empty value.`,
      { code: "parameter_invalid_empty", param: name },
    );
  };

export const integer =
  ({ min, max }: { min: number; max: number }): Parser<number> =>
  (value, name) => {
    const given = scalar(value, name);
    if (!/^-?\d+$/.test(given)) {
      throw invalidRequest(`Invalid integer: ${given}`, { code: "parameter_invalid_integer", param: name });
    }
    const parsed = Number(given);
    if (parsed < min) {
      throw invalidRequest(`This value must be greater than or equal to ${min} (it currently is '${given}').`, {
        param: name,
      });
    }
    if (parsed > max) {
      throw invalidRequest(`This value must be less than or equal to ${max} (it currently is '${given}').`, {
        param: name,
      });
    }
    return parsed;
  };

export const oneOf =
  <const T extends string>(choices: readonly T[]): Parser<T> =>
  (value, name) => {
    const given = scalar(value, name);
    const choice = choices.find((candidate) => candidate === given);
    if (choice !== undefined) return choice;
    throw invalidRequest(`Invalid ${name}: must be one of ${choices.join(", ")}`, { param: name });
  };

export const emptyable =
  <T>(parser: Parser<T>): Parser<T | null> =>
  (value, name) =>
    value === "" ? null : parser(value, name);

export const list =
  <T>(parser: Parser<T>): Parser<T[]> =>
  (value, name) => {
    if (typeof value === "string") throw invalidRequest("Invalid array", { param: name });
    return [...value.entries()]
      .sort(([left], [right]) => Number(left) - Number(right))
      .map(([index, item]) => parser(item, `${name}[${index}]`));
  };

export const object =
  <S extends Schema>(schema: S): Parser<Parsed<S>> =>
  (value, name) => {
    if (typeof value === "string") throw invalidRequest("Invalid object", { param: name });
    return parseObject(schema, value, (key) => `${name}[${key}]`);
  };

/** Stripe has this parameter, the local one does not: said plainly, because to ignore it would be a silent success. */
export const notCarriedOut: Parser<never> = (_value, name) => {
  throw invalidRequest(`The local Stripe does not carry out '${name}': leave it out, or test it against a sandbox.`, {
    param: name,
  });
};

/** Several such parameters. */
export function noneCarriedOut<const K extends string>(...names: readonly K[]): Readonly<Record<K, Parser<never>>> {
  return Object.fromEntries(names.map((name) => [name, notCarriedOut])) as Record<K, Parser<never>>;
}

export const flag: Parser<boolean> = (value, name) => oneOf(["true", "false"])(value, name) === "true";

/** A number of at most 12 decimals, as its text: it must not pass through binary fractions. */
export const decimal: Parser<string> = (value, name) => {
  const given = scalar(value, name);
  if (/^\d{1,15}(\.\d{1,12})?$/.test(given)) return given;
  throw invalidRequest(`Invalid decimal: ${given}`, { code: "parameter_invalid_string", param: name });
};

/** A map with keys of the caller's own, such as a meter event's payload. */
export const texts: Parser<Record<string, string>> = (value, name) => {
  if (typeof value === "string") throw invalidRequest("Invalid object", { param: name });
  return Object.fromEntries([...value].map(([key, item]) => [key, scalar(item, `${name}[${key}]`)]));
};

export const seconds = integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const range = object({ gt: seconds, gte: seconds, lt: seconds, lte: seconds });

/** Seconds since the epoch: exactly then, or a range. */
export const instants: Parser<
  Parsed<{ gt: typeof seconds; gte: typeof seconds; lt: typeof seconds; lte: typeof seconds }>
> = (value, name) => {
  if (typeof value !== "string") return range(value, name);
  const exactly = seconds(value, name);
  return { gte: exactly, lte: exactly };
};

/** What a call cannot do without. */
export function required<T>(value: T | undefined, param: string): T {
  if (value !== undefined) return value;
  throw missingParameter(param);
}
