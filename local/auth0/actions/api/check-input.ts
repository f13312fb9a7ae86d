/**
 * The platform checks arguments against JSON schemas and throws one line: per place, its last name and what is wrong with it.
 * This knows the few keywords that those schemas use, in the order that their checker (ajv) reports them.
 */
export type Shape =
  | { type: "string"; minLength?: number; maxLength?: number }
  | { type: "number" | "boolean" }
  | { type: "enum"; values: readonly string[] }
  | { type: "array"; maxItems?: number; items: Shape }
  | { type: "scalar"; nullable?: boolean; maxLength: number; items?: Shape }
  | {
      type: "object";
      properties?: Readonly<Record<string, Shape>>;
      required?: readonly string[];
      /** Names that are allowed beside `properties`. */
      names?: RegExp;
      maxProperties?: number;
    };

type Problem = readonly [path: string, message: string];

const isFiniteNumber = (value: unknown) => typeof value === "number" && Number.isFinite(value);

/** JSON Schema counts characters, not UTF-16 code units. */
const isLongerThan = (text: string, limit: number) => text.length > limit && [...text].length > limit;

const findTooLong = (value: string, maxLength: number | undefined, path: string): Problem[] =>
  maxLength !== undefined && isLongerThan(value, maxLength)
    ? [[path, `must NOT have more than ${maxLength} characters`]]
    : [];

function findScalarProblems(shape: Extract<Shape, { type: "scalar" }>, value: unknown, path: string): Problem[] {
  if (typeof value === "string") return findTooLong(value, shape.maxLength, path);
  if (isFiniteNumber(value) || typeof value === "boolean" || (shape.nullable && value === null)) return [];
  if (shape.items !== undefined && Array.isArray(value)) return findItemProblems(shape.items, value, path);
  const types = ["string", "number", "boolean", ...(shape.nullable ? ["null"] : []), ...(shape.items ? ["array"] : [])];
  return [[path, `must be ${types.join(",")}`]];
}

const findItemProblems = (shape: Shape, items: readonly unknown[], path: string): Problem[] =>
  items.flatMap((item, index) => findProblems(shape, item, `${path}/${index}`));

function findArrayProblems(shape: Extract<Shape, { type: "array" }>, value: unknown, path: string): Problem[] {
  if (!Array.isArray(value)) return [[path, "must be array"]];
  const { maxItems = Number.POSITIVE_INFINITY } = shape;
  const tooMany: Problem[] = value.length > maxItems ? [[path, `must NOT have more than ${maxItems} items`]] : [];
  return [...tooMany, ...findItemProblems(shape.items, value, path)];
}

function findObjectProblems(shape: Extract<Shape, { type: "object" }>, value: unknown, path: string): Problem[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [[path, "must be object"]];
  const { properties = {}, required = [], names, maxProperties = Number.POSITIVE_INFINITY } = shape;
  const members = Object.entries(value);
  const missing = required.filter((name) => members.every(([key, member]) => key !== name || member === undefined));
  const unknown = members.filter(([key]) => !Object.hasOwn(properties, key) && !names?.test(key));
  return [
    ...missing.map((name): Problem => [path, `must have required property '${name}'`]),
    ...(members.length > maxProperties ? [[path, `must NOT have more than ${maxProperties} properties`] as const] : []),
    ...unknown.map((): Problem => [path, "must NOT have additional properties"]),
    ...members.flatMap(([key, member]) => {
      const memberShape = Object.hasOwn(properties, key) ? properties[key] : undefined;
      return memberShape === undefined || member === undefined
        ? []
        : findProblems(memberShape, member, `${path}/${key}`);
    }),
  ];
}

function findProblems(shape: Shape, value: unknown, path: string): Problem[] {
  switch (shape.type) {
    case "object":
      return findObjectProblems(shape, value, path);
    case "array":
      return findArrayProblems(shape, value, path);
    case "scalar":
      return findScalarProblems(shape, value, path);
    case "enum":
      return shape.values.some((allowed) => allowed === value)
        ? []
        : [[path, "must be equal to one of the allowed values"]];
    case "string":
      if (typeof value !== "string") return [[path, "must be string"]];
      return value.length < (shape.minLength ?? 0)
        ? [[path, `must NOT have fewer than ${shape.minLength} characters`]]
        : findTooLong(value, shape.maxLength, path);
    case "number":
      return isFiniteNumber(value) ? [] : [[path, "must be number"]];
    case "boolean":
      return typeof value === "boolean" ? [] : [[path, "must be boolean"]];
  }
}

/**
 * @param prefix put before all of it, as `Invalid deny arguments`
 * @throws {Error} `<name> <what is wrong>, <more>; <next name> …`
 */
export function checkInput(shape: Shape, value: unknown, prefix?: string): void {
  const lines = new Map<string, string>();
  for (const [path, message] of findProblems(shape, value, "")) {
    const line = lines.get(path);
    lines.set(path, line === undefined ? `${path.slice(path.lastIndexOf("/") + 1)} ${message}` : `${line}, ${message}`);
  }
  if (lines.size > 0) throw new Error(`${prefix === undefined ? "" : `${prefix}: `}${[...lines.values()].join("; ")}`);
}
