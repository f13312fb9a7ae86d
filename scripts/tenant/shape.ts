/** Keys and indexes from the root of a document to one of its values. */
export type Path = readonly (string | number)[];

/** `actions[0].secrets[2].value` */
export function renderPath(path: Path): string {
  if (path.length === 0) return "the file";
  return path.map((key, index) => (typeof key === "number" ? `[${key}]` : `${index > 0 ? "." : ""}${key}`)).join("");
}

export interface Problem {
  readonly path: Path;
  readonly message: string;
}

/** Says what is wrong with a value; an empty list means that the value is a `T`. It never changes the value. */
export interface Shape<T> {
  (value: unknown, path: Path): readonly Problem[];
  /** Never set; it carries the type. */
  readonly type?: T;
}
export type TypeOf<S> = S extends Shape<infer T> ? T : never;

type Needed<F> = { readonly [K in keyof F]: TypeOf<F[K]> };
type Allowed<F> = { readonly [K in keyof F]?: TypeOf<F[K]> };

/** What a value is, in words. */
export function nameType(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "a mapping" : `a ${typeof value}`;
}

const expected = (path: Path, what: string, value: unknown): readonly Problem[] => [
  { path, message: `expected ${what}, found ${nameType(value)}` },
];

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export const text: Shape<string> = (value, path) =>
  typeof value === "string" ? [] : expected(path, "a text (quote it)", value);

export const flag: Shape<boolean> = (value, path) =>
  typeof value === "boolean" ? [] : expected(path, "true or false", value);

export const number: Shape<number> = (value, path) =>
  typeof value === "number" ? [] : expected(path, "a number", value);

export function listOf<T>(item: Shape<T>): Shape<readonly T[]> {
  return (value, path) =>
    Array.isArray(value)
      ? value.flatMap((entry, index) => item(entry, [...path, index]))
      : expected(path, "a list", value);
}

export function mapOf<T>(item: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return (value, path) =>
    isMapping(value)
      ? Object.entries(value).flatMap(([key, entry]) => item(entry, [...path, key]))
      : expected(path, "a mapping", value);
}

/** Keys that are not named are left alone: the Deploy CLI's format has far more of them than this project reads. */
export function mapping<R extends Record<string, Shape<unknown>>, O extends Record<string, Shape<unknown>>>(
  required: R,
  optional: O,
): Shape<Needed<R> & Allowed<O>> {
  return (value, path) => {
    if (!isMapping(value)) return expected(path, "a mapping", value);
    return [
      ...Object.entries(required).flatMap(([key, shape]) =>
        value[key] === undefined ? [{ path, message: `"${key}" is missing` }] : shape(value[key], [...path, key]),
      ),
      ...Object.entries(optional).flatMap(([key, shape]) =>
        value[key] === undefined ? [] : shape(value[key], [...path, key]),
      ),
    ];
  };
}
