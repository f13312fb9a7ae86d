import { readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { parseDocument } from "yaml";
import { listReferences } from "../../tenant/files/references.ts";
import { readOverlay } from "../../tenant/overlay/read-overlay.ts";
import { parseTenant, type TenantFile } from "../../tenant/read-tenant.ts";
import { DEPLOYED_SECTIONS } from "../../tenant/sections.ts";
import { isMapping } from "../../tenant/shape.ts";
import { tokenise } from "../../tenant/tokens.ts";
import { insertEntries } from "../render/insert-entries.ts";

/** A project before anything is adopted into it. */
export interface ProjectText {
  /** Of tenant.yaml; empty when there is none. */
  readonly text: string;
  readonly file: TenantFile;
  /** The same with what the environment's own file changes. */
  readonly merged: TenantFile;
  /** Of package.json; empty where it has none. */
  readonly name: string;
}

/** @throws {CommandError} of reading tenant.yaml and the environment's own file */
export async function readProjectText(directory: string, environmentName: string | undefined): Promise<ProjectText> {
  const path = join(directory, "tenant.yaml");
  const text = (await readText(path)) ?? "";
  const isEmpty = parseDocument(tokenise(text).text).contents === null;
  const written = isEmpty ? "{}" : text;
  const overlay = environmentName === undefined ? undefined : await readOverlay(directory, environmentName);
  const settings: unknown = JSON.parse((await readText(join(directory, "package.json"))) ?? "{}");
  return {
    text,
    file: parseTenant(written, path),
    merged: parseTenant(written, path, overlay),
    name: isMapping(settings) && typeof settings.name === "string" ? settings.name : "",
  };
}

/** Sections to which no lines can be added. */
export function listClosedSections({ text }: ProjectText): ReadonlySet<string> {
  const probes = DEPLOYED_SECTIONS.map((section) => ({ section, text: "" }));
  return new Set(insertEntries(text, probes).refused);
}

/** The files that tenant.yaml names, those of Actions among them, from the project's folder. */
export function listNamedFiles({ file: { document } }: ProjectText): readonly string[] {
  const code = (document.actions ?? []).map((action) => action.code);
  return [...listReferences(document).map(({ file }) => file), ...code].map((file) => posix.normalize(file));
}

/** Undefined when it is not there. */
export async function readText(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}
