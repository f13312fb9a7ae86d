import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv";

/**
 * Holds every answer that the tests of the local Stripe get against the schema of its object in Stripe's published OpenAPI
 * document, which the Go module of stripe-mock carries. Needs Go; outside CI, because the document has 8 MB. It is of an older API
 * version than the SDK (2026-08-26.dahlia): members that it does not know pass.
 */
const MODULE = "github.com/stripe/stripe-mock@v0.203.0";

type JsonObject = Record<string, unknown>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** OpenAPI 3.0 says `nullable` where JSON Schema has a union. */
function toJsonSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(toJsonSchema);
  if (!isObject(schema)) return schema;
  const { nullable, discriminator: _named, ...rest } = schema;
  const converted = Object.fromEntries(Object.entries(rest).map(([name, inner]) => [name, toJsonSchema(inner)]));
  return nullable === true ? { anyOf: [converted, { type: "null" }] } : converted;
}

/** Objects inside an answer too: each is held against the schema of its own kind. */
function listObjects(value: unknown): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(listObjects);
  if (!isObject(value)) return [];
  const inner = Object.values(value).flatMap(listObjects);
  return typeof value.object === "string" && value.deleted !== true ? [value, ...inner] : inner;
}

function readSpecification(): Record<string, unknown> {
  const { Dir: directory } = JSON.parse(
    execFileSync("go", ["mod", "download", "-json", MODULE], { cwd: tmpdir(), encoding: "utf8" }),
  ) as { Dir: string };
  const text = readFileSync(join(directory, "embedded", "openapi", "spec3.json"), "utf8");
  const { components } = JSON.parse(text) as { components: { schemas: Record<string, unknown> } };
  return components.schemas;
}

function readAnswers(): unknown[] {
  const directory = mkdtempSync(join(tmpdir(), "stripe-answers-"));
  const file = join(directory, "answers");
  try {
    const jest = join("node_modules", "jest", "bin", "jest.js");
    const run = spawnSync(process.execPath, [jest, "test/local/stripe", "--maxWorkers=1"], {
      env: { ...process.env, STRIPE_ANSWERS: file },
      stdio: ["ignore", "ignore", "inherit"],
    });
    if (run.status !== 0 || !existsSync(file)) throw new Error("The tests of the local Stripe failed: run them first.");
    const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
    return lines.map((line) => JSON.parse(line) as unknown);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const schemas = readSpecification();
const ajv = new Ajv({ allErrors: true, format: false, unknownFormats: "ignore" });
ajv.addSchema({ $id: "stripe", components: { schemas: toJsonSchema(schemas) } });
/** The objects of a kind, by what their schema says of `object`. */
const names = new Map(
  Object.entries(schemas).flatMap(([name, schema]) => {
    const properties = isObject(schema) && isObject(schema.properties) ? schema.properties : {};
    const kind = isObject(properties.object) && Array.isArray(properties.object.enum) ? properties.object.enum[0] : "";
    return typeof kind === "string" && kind.replaceAll(".", "_") === name.replaceAll(".", "_")
      ? [[kind, name] as const]
      : [];
  }),
);

const failures = new Map<string, number>();
const kinds = new Map<string, number>();
for (const body of readAnswers()) {
  for (const object of listObjects(body)) {
    const kind = String(object.object);
    const name = names.get(kind);
    if (name === undefined) continue;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    const validate = ajv.getSchema(`stripe#/components/schemas/${name}`);
    if (validate === undefined || validate(object)) continue;
    for (const { dataPath, message } of validate.errors ?? []) {
      const failure = `${kind}${dataPath.replace(/\[\d+\]/g, "[*]")}: ${message}`;
      failures.set(failure, (failures.get(failure) ?? 0) + 1);
    }
  }
}

for (const [kind, count] of [...kinds].sort()) console.log(`${kind}: ${count} held against ${MODULE}`);
for (const [failure, count] of failures) console.error(`${failure} (${count} times)`);
console.log(`${[...kinds.values()].reduce((sum, count) => sum + count, 0)} objects, ${failures.size} kinds of failure`);
process.exitCode = kinds.size === 0 || failures.size > 0 ? 1 : 0;
