import { isDeepStrictEqual } from "node:util";
import { replaceAt, valueAt } from "../../tenant/paths.ts";
import { isMapping } from "../../tenant/shape.ts";
import { listLeaves } from "../cut.ts";
import { type Entry, labelOf, pathIn, toDocument } from "../entry.ts";
import { type Content, jsonFile, listContents } from "./contents.ts";
import type { FileNames } from "./file-names.ts";
import type { SectionLines } from "./insert-entries.ts";
import { renderYaml } from "./yaml-text.ts";

export interface Rendered {
  /** As tenant.yaml is to have it. */
  readonly value: unknown;
  /** Contents by the name of the file, from the project's folder. */
  readonly files: ReadonlyMap<string, string>;
}

/** @param domain of the tenant, which becomes a keyword wherever a value has it; a file keeps it */
export function renderEntry(entry: Entry, names: FileNames, domain: string | undefined): Rendered {
  const owner = labelOf(entry);
  const files = new Map<string, string>();
  const keep = (file: string, text: string): string => {
    files.set(file, text);
    return file;
  };
  const document = toDocument(entry);
  const contents = listContents(document);
  const keyed = domain === undefined ? document : withKeyword(document, domain, contents);
  const referring = contents.reduce<unknown>((rest, { path, text, name, base }) => {
    const file = keep(names.take(owner, name), text);
    return replaceAt(rest, path, `./${base === "" ? file : file.slice(base.length + 1)}`);
  }, keyed);
  const value = valueAt(referring, pathIn(entry, []));
  return {
    value: nameJsonFiles(entry, value, (stem, json) => {
      const file = names.take(owner, stem);
      return `./${keep(file, `${JSON.stringify(json, undefined, 2)}\n`)}`;
    }),
    files,
  };
}

type KeepJson = (name: ReturnType<typeof jsonFile>, json: unknown) => string;

/** Whether an entry of the section is a file but for its name. */
export const hasJsonFile = (section: string): boolean => section === "flows" || section === "forms";

/** A flow or a form is a file; so is every screen of the prompts. */
function nameJsonFiles({ kind: { section } }: Entry, value: unknown, keep: KeepJson): unknown {
  if (!isMapping(value)) return value;
  if (hasJsonFile(section)) {
    const { name, ...body } = value;
    return { name, body: keep(jsonFile(section, name), body) };
  }
  const screens = section === "prompts" ? value.screenRenderers : undefined;
  if (!Array.isArray(screens)) return value;
  const named = screens.filter(isMapping).map((screen) => ({
    [String(screen.prompt)]: {
      [String(screen.screen)]: keep(jsonFile("prompts", `${screen.prompt} ${screen.screen}`), screen),
    },
  }));
  return { ...value, screenRenderers: named };
}

/** As a host in a text: `https://example.eu.auth0.com/api/v2/`, not the beginning of a longer name. */
function withKeyword(document: unknown, domain: string, contents: readonly Content[]): unknown {
  const escaped = domain.replaceAll(/[.\\]/g, "\\$&");
  const host = new RegExp(`(?<![\\w.-])${escaped}(?![\\w-]|\\.\\w|:\\d)`, "gi");
  return listLeaves(document).reduce<unknown>((rest, { path, value }) => {
    if (typeof value !== "string" || contents.some((content) => isDeepStrictEqual(content.path, path))) return rest;
    const keyed = value.replaceAll(host, "##AUTH0_DOMAIN##");
    return keyed === value ? rest : replaceAt(rest, path, keyed);
  }, document);
}

/** @param missing has the form of the entry: where only it has a member, a comment says how that is written */
export function renderLines(entry: Entry, { value }: Rendered, missing?: unknown): SectionLines {
  const { section } = entry.kind;
  const inSection = (part: unknown): unknown => toDocument({ ...entry, value: part })[section];
  return { section, text: renderYaml({ value: inSection(value), missing: inSection(missing), path: [section] }) };
}
