import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { listValues, parseDeclarations } from "./tenant/schema/declarations.ts";
import { deriveFields } from "./tenant/schema/derive-schemas.ts";
import { DEPLOYED_SECTIONS } from "./tenant/sections.ts";
import { isMapping } from "./tenant/shape.ts";

const require = createRequire(join(import.meta.dirname, "tenant-schema.ts"));
const folder = join(import.meta.dirname, "tenant/schema");

export async function run({ options }: Invocation<"tenant-schema">): Promise<number> {
  const sections = readCliSections();
  const api = join(require.resolve("auth0/package.json"), "../dist/cjs/management/api");
  const sources = await Promise.all(
    ["types/types.d.ts", "requests/requests.d.ts"].map((file) => readFile(join(api, file), "utf8")),
  );
  const source = sources.join("\n");
  const fields = deriveFields(parseDeclarations(source), listValues(source, "ActionTriggerTypeEnum"), sections);
  const files = new Map([
    ["deploy-cli.json", sections],
    ["fields.json", fields],
  ]);
  const stale: string[] = [];
  for (const [name, content] of files) {
    const path = join(folder, name);
    const text = `${JSON.stringify(content, undefined, 1)}\n`;
    if (text === (await readFile(path, "utf8").catch(() => ""))) continue;
    stale.push(name);
    if (!options.check) await writeFile(path, text);
  }
  if (options.check && stale.length > 0) {
    console.error(`Not as the installed packages say: ${stale.join(", ")}. Run npm run tenant-schema.`);
    return EXIT.failure;
  }
  return EXIT.success;
}

/** Without the descriptions, which are half of it, and the defaults: what the file does not have is not sent. */
function readCliSections(): Readonly<Record<string, unknown>> {
  const loaded: unknown = require("auth0-deploy-cli/lib/tools/auth0/schema");
  const schema = isMapping(loaded) && isMapping(loaded.default) ? loaded.default.properties : undefined;
  if (!isMapping(schema)) throw new Error("the schema of auth0-deploy-cli does not have the known form");
  return Object.fromEntries(
    DEPLOYED_SECTIONS.map((section) => [section, strip(withoutTexts(section, schema[section]))]),
  );
}

/** The texts of all pages in all languages are 8 of 8.1 MB; any is taken. */
function withoutTexts(section: string, schema: unknown): unknown {
  if (section !== "prompts" || !isMapping(schema) || !isMapping(schema.properties)) return schema;
  return { ...schema, properties: { ...schema.properties, customText: { type: "object" } } };
}

/** `properties` may have a field called "description" or "default": only a schema's own are left out. */
function strip(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strip);
  if (!isMapping(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]) => {
      if (key === "description" || key === "default") return [];
      if (key !== "properties" || !isMapping(value)) return [[key, strip(value)]];
      return [[key, Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, strip(inner)]))]];
    }),
  );
}
