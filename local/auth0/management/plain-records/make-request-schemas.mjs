/**
 * Writes request-schemas.json: what the Management API takes in the bodies of the kinds in this folder, as JSON Schema made
 * from the types of the auth0 SDK that is installed. Run it after that package was updated:
 *
 *     node local/auth0/management/plain-records/make-request-schemas.mjs
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
const root = join(folder, "../../../..");
const { version } = JSON.parse(readFileSync(join(root, "node_modules/auth0/package.json"), "utf8"));

/** Every type that a file of this folder names. */
const names = [
  ...new Set(
    readdirSync(folder)
      .filter((file) => file.endsWith(".ts"))
      .flatMap((file) => [
        ...readFileSync(join(folder, file), "utf8").matchAll(/"(\w+(?:RequestContent|CreateRequest))"/g),
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
  const output = execFileSync(
    "npx",
    [
      "-y",
      GENERATOR,
      "--path",
      "bodies.ts",
      "--type",
      "Bodies",
      "--tsconfig",
      "tsconfig.json",
      "--no-type-check",
      "--expose",
      "none",
      "--minify",
    ],
    { cwd: work, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  const { definitions } = JSON.parse(output);
  const { Bodies, ...shared } = definitions;
  const bodies = Object.fromEntries(names.map((name) => [name, toDraft4(Bodies.properties[name])]));
  const source = `auth0 ${version}, by ${GENERATOR}`;
  writeFileSync(join(folder, "request-schemas.json"), render({ source, bodies, definitions: toDraft4(shared) }));
} finally {
  rmSync(work, { recursive: true });
}

/** A body a line, so that an update of the SDK shows as the lines of the bodies that it changed. */
function render({ source, bodies, definitions }) {
  const lines = Object.entries(bodies).map(
    ([name, schema]) => `    ${JSON.stringify(name)}: ${JSON.stringify(schema)}`,
  );
  return `{\n  "source": ${JSON.stringify(source)},\n  "bodies": {\n${lines.join(",\n")}\n  },\n  "definitions": ${JSON.stringify(definitions)}\n}\n`;
}

function withWrittenOnly(properties) {
  const secret = WRITTEN_ONLY[properties.method?.const];
  return secret === undefined ? properties : { ...properties, [secret]: { type: "string" } };
}

/** The validator reads draft 4, which has no `const`; examples are of no use to it. */
function toDraft4(schema) {
  if (Array.isArray(schema)) return schema.map(toDraft4);
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => key !== "examples")
      .map(([key, value]) => {
        if (key === "const") return ["enum", [value]];
        return [key, toDraft4(key === "properties" ? withWrittenOnly(value) : value)];
      }),
  );
}
