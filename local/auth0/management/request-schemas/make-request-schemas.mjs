/**
 * Writes request-schemas.json: what the Management API takes in the bodies of requests, as JSON Schema made from the types of
 * the auth0 SDK that is installed, with corrections.json on top. Run it after either changed:
 *
 *     node local/auth0/management/request-schemas/make-request-schemas.mjs
 *
 * A type says less than Auth0 checks (no length, no pattern, no whole number); corrections.json says the rest, by type and by
 * path: `a.b` is a member, `a[]` an item, the empty path the body itself. A correction that has a `type` stands in place of what
 * the SDK says, `null` takes a member away, any other is added to what is there. `orNull` lists members that tenants take as
 * null though the types do not have it, `wholeNumbers` the bodies in which every number is whole.
 *
 * The generator needs a TypeScript of its own, so npx installs it for the run and it is not among this project's packages.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const GENERATOR = "ts-json-schema-generator@2.4.0";
/**
 * The SDK describes an event stream's authorization as it is answered. What is only written, Auth0's documentation of
 * event streams names.
 */
const WRITTEN_ONLY = { basic: "password", bearer: "token", custom_header: "header_value" };

const folder = import.meta.dirname;
const management = join(folder, "..");
const root = join(folder, "../../../..");
const { version } = readJson(join(root, "node_modules/auth0/package.json"));
const corrections = readJson(join(folder, "corrections.json"));

/** Every type that a file of the Management API names. */
const names = [
  ...new Set(
    readdirSync(management, { recursive: true })
      .filter((file) => file.endsWith(".ts"))
      .flatMap((file) => [
        ...readFileSync(join(management, file), "utf8").matchAll(
          /"(\w+(?:Request(?:Content|Parameters)|CreateRequest))"/g,
        ),
      ])
      .map(([, name]) => name),
  ),
].sort();

// Inside the project, so that the SDK's types resolve.
const work = mkdtempSync(join(root, "node_modules/.schemas-"));
try {
  const members = names.map((name) => `  ${name}: Management.${name};`).join("\n");
  writeFileSync(
    join(work, "bodies.ts"),
    `import type { Management } from "auth0";\nexport interface Bodies {\n${members}\n}\n`,
  );
  writeFileSync(
    join(work, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: { module: "nodenext", target: "es2022", strict: true, skipLibCheck: true, types: [] },
      files: ["bodies.ts"],
    }),
  );
  const options = ["--path", "bodies.ts", "--type", "Bodies", "--tsconfig", "tsconfig.json", "--no-type-check"];
  const output = execFileSync("npx", ["-y", GENERATOR, ...options, "--expose", "none", "--minify"], {
    cwd: work,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const types = JSON.parse(output).definitions.Bodies.properties;
  const bodies = names.map((name) => [name, correct(name, toDraft4(types[name]))]);
  writeFileSync(join(folder, "request-schemas.json"), render(`auth0 ${version}, by ${GENERATOR}`, bodies));
} finally {
  rmSync(work, { recursive: true });
}

function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** A body a line, so that an update of the SDK shows as the lines of the bodies that it changed. */
function render(source, bodies) {
  const lines = bodies.map(([name, schema]) => `    ${JSON.stringify(name)}: ${JSON.stringify(schema)}`);
  if (lines.some((line) => line.includes('"$ref"'))) throw new Error("a body has a recursive type: correct it");
  return `{\n  "source": ${JSON.stringify(source)},\n  "bodies": {\n${lines.join(",\n")}\n  }\n}\n`;
}

/** The validator reads draft 4, which has no `const`; examples, and that anything else may stand there, are of no use to it. */
function toDraft4(schema) {
  if (Array.isArray(schema)) return schema.map(toDraft4);
  if (typeof schema !== "object" || schema === null) return schema;
  const { examples, const: constant, anyOf, properties, additionalProperties, ...rest } = schema;
  return joinNull({
    ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, toDraft4(value)])),
    ...(constant !== undefined && { enum: [constant] }),
    ...(properties !== undefined && { properties: toMembers(withWrittenOnly(properties)) }),
    ...(isRestriction(additionalProperties) && { additionalProperties: toDraft4(additionalProperties) }),
    ...(anyOf !== undefined && { anyOf: toDraft4(anyOf) }),
  });
}

function toMembers(properties) {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, toDraft4(schema)]));
}

function withWrittenOnly(properties) {
  const secret = WRITTEN_ONLY[properties.method?.const];
  return secret === undefined ? properties : { ...properties, [secret]: { type: "string" } };
}

function isRestriction(additionalProperties) {
  if (typeof additionalProperties !== "object") return additionalProperties === false;
  return Object.keys(additionalProperties).some((key) => key !== "description");
}

/** `X | null` as one schema of two types, so that an error names what is wrong with X. */
function joinNull({ anyOf, ...schema }) {
  if (anyOf === undefined) return schema;
  const [value, ...others] = anyOf.filter(({ type }) => type !== "null");
  if (others.length > 0 || anyOf.length === 1) return { ...schema, anyOf };
  return { ...orNull(value), ...schema };
}

function orNull({ type, enum: values, anyOf, ...schema }) {
  const withNull = (list) => [...new Set([list, null].flat())];
  return {
    ...schema,
    ...(type !== undefined && { type: [...new Set([type, "null"].flat())] }),
    ...(values !== undefined && { enum: withNull(values) }),
    ...(anyOf !== undefined && { anyOf: [...anyOf, { type: "null" }] }),
  };
}

function correct(name, schema) {
  const isNamedBy = (pattern) => new RegExp(`^(${pattern})$`).test(name);
  const entriesFor = (table) =>
    Object.entries(table).flatMap(([pattern, members]) => (isNamedBy(pattern) ? Object.entries(members) : []));
  const changes = [
    ...entriesFor(corrections.orNull).map(([, path]) => [path, orNull]),
    ...entriesFor(corrections.bodies).map(([path, correction]) => [
      path,
      (member) => withCorrection(member, correction),
    ]),
  ];
  return changes.reduce(
    (corrected, [path, change]) => changeAt(corrected, path.split(/\.|(?=\[\])/).filter(Boolean), change),
    isNamedBy(corrections.wholeNumbers) ? withWholeNumbers(schema) : schema,
  );
}

function withCorrection(member, correction) {
  if (correction === null || correction.type !== undefined) return correction;
  if (member === undefined) throw new Error(`the SDK's type no longer has what ${JSON.stringify(correction)} corrects`);
  return { ...member, ...correction };
}

function changeAt(schema, [part, ...rest], change) {
  if (part === undefined) return change(schema);
  if (schema.anyOf !== undefined) {
    const path = [part, ...rest];
    const isOfSome = schema.anyOf.some((alternative) => hasAt(alternative, path));
    const isMeant = (alternative) => !isOfSome || hasAt(alternative, path);
    return { ...schema, anyOf: schema.anyOf.map((one) => (isMeant(one) ? changeAt(one, path, change) : one)) };
  }
  if (part === "[]") return { ...schema, items: changeAt(schema.items, rest, change) };
  const { [part]: member, ...others } = schema.properties;
  const changed = changeAt(member, rest, change);
  return { ...schema, properties: { ...others, ...(changed !== null && { [part]: changed }) } };
}

/** Alternatives that do not have a member are not corrected where others do. */
function hasAt(schema, [part, ...rest]) {
  if (part === undefined) return schema !== undefined;
  if (schema?.anyOf !== undefined) return schema.anyOf.some((alternative) => hasAt(alternative, [part, ...rest]));
  return hasAt(part === "[]" ? schema?.items : schema?.properties?.[part], rest);
}

function withWholeNumbers(schema) {
  if (Array.isArray(schema)) return schema.map(withWholeNumbers);
  if (typeof schema !== "object" || schema === null) return schema;
  const whole = (type) => (type === "number" ? "integer" : type);
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      if (key !== "type" || (typeof value === "object" && !Array.isArray(value))) return [key, withWholeNumbers(value)];
      return [key, Array.isArray(value) ? value.map(whole) : whole(value)];
    }),
  );
}
