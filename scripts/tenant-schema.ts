import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { KINDS } from "./deploy/kinds/table.ts";
import { listValues, parseDeclarations } from "./tenant/schema/declarations.ts";
import { deriveNames } from "./tenant/schema/derive-names.ts";
import { deriveRequired } from "./tenant/schema/derive-required.ts";
import { deriveFields } from "./tenant/schema/derive-schemas.ts";
import { describeSections } from "./tenant/schema/describe-sections.ts";
import { readCliSections } from "./tenant/schema/read-cli-sections.ts";

const require = createRequire(import.meta.filename);
const FOLDER = join(import.meta.dirname, "tenant/schema");
/** The same types as JSON schemas, which the local tenant checks bodies by. */
const REQUEST_SCHEMAS = join(import.meta.dirname, "../local/auth0/management/request-schemas/request-schemas.json");

interface RequestSchemas {
  /** Package and version that they were made of. */
  readonly source: string;
  readonly bodies: Readonly<Record<string, unknown>>;
}

export async function run({ options }: Invocation<"tenant-schema">): Promise<number> {
  const sections = readCliSections(KINDS.map(({ section }) => section));
  const api = join(require.resolve("auth0/package.json"), "../dist/cjs/management/api");
  const sources = await Promise.all(
    ["types/types.d.ts", "requests/requests.d.ts"].map((file) => readFile(join(api, file), "utf8")),
  );
  const source = sources.join("\n");
  const declarations = parseDeclarations(source);
  const fields = {
    ...deriveFields(KINDS, declarations, listValues(source, "ActionTriggerTypeEnum"), sections),
    ...deriveNames(KINDS, declarations, sections),
  };
  const { source: made, bodies } = JSON.parse(await readFile(REQUEST_SCHEMAS, "utf8")) as RequestSchemas;
  const files = new Map<string, unknown>([
    ["sections.json", describeSections(KINDS)],
    ["deploy-cli.json", sections],
    ["fields.json", fields],
    ["required.json", { source: made, sections: deriveRequired(KINDS, bodies) }],
  ]);
  const stale: string[] = [];
  for (const [name, content] of files) {
    const path = join(FOLDER, name);
    const text = `${JSON.stringify(content, undefined, 1)}\n`;
    if (text === (await readFile(path, "utf8").catch(() => ""))) continue;
    stale.push(name);
    if (!options.check) await writeFile(path, text);
  }
  if (options.json) console.log(JSON.stringify({ stale }));
  if (options.check && stale.length > 0) {
    console.error(`Not as the installed packages say: ${stale.join(", ")}. Run npm run tenant-schema.`);
    return EXIT.failure;
  }
  return EXIT.success;
}
