import { isUtf8 } from "node:buffer";
import { readFile, realpath } from "node:fs/promises";
import { resolve, sep } from "node:path";
import type { ErrorCode } from "../../error-codes.ts";
import { fillKnownMarkers, fillMarkers } from "../fill-markers.ts";
import type { FindKeywordValue } from "../keyword-values.ts";
import { type Keyword, listOwnKeywords } from "../keywords.ts";
import { findMarkers } from "../markers.ts";
import { replaceAt, valueAt } from "../paths.ts";
import type { CodedProblem } from "../problem.ts";
import { isMapping, nameType, type Path } from "../shape.ts";
import { parseSource } from "../source.ts";
import { fillFile } from "./fill-file.ts";
import { type FileReference, listReferences } from "./references.ts";

interface LoadOptions {
  /** The tenant file's folder. */
  readonly directory: string;
  readonly find: FindKeywordValue;
}

export interface LoadedFiles {
  readonly document: unknown;
  readonly problems: readonly CodedProblem[];
  /** Of the files. */
  readonly keywords: readonly Keyword[];
}

interface Loaded {
  readonly value: unknown;
  readonly problems: readonly CodedProblem[];
  readonly keywords: readonly Keyword[];
}

const NOTHING: Loaded = { value: undefined, problems: [], keywords: [] };

/** The document with the content of every file that it names in the place of the name. */
export async function loadFiles(document: unknown, options: LoadOptions): Promise<LoadedFiles> {
  // A name that waits for its keyword names no file yet.
  const references = listReferences(document).filter(({ file }) => findMarkers(file).length === 0);
  const loaded = await Promise.all(references.map((reference) => load(reference, options)));
  const filled = references.reduce(
    (rest, reference, index) => place(rest, reference, loaded[index]?.value ?? valueAt(rest, reference.path)),
    document,
  );
  return {
    document: listRenderers(filled),
    problems: loaded.flatMap(({ problems }) => problems),
    keywords: loaded.flatMap(({ keywords }) => keywords),
  };
}

async function load(reference: FileReference, { directory, find }: LoadOptions): Promise<Loaded> {
  const { path, file, isOptional } = reference;
  if (file.includes("\n")) {
    if (isOptional) return NOTHING;
    const message = "names a file, and this is what one would hold: put it in a file, and write the file's name here";
    return refuse(path, "TENANT_FILE_MISSING", message);
  }
  const target = resolve(directory, file);
  if (!isInside(resolve(directory), target) || (await leadsOutside(directory, target))) {
    return refuse(path, "TENANT_FILE_OUTSIDE", `${file} is outside the folder of the tenant file: move it inside`);
  }
  const bytes = await readFile(target).catch(() => undefined);
  if (bytes === undefined) {
    // A page may stand in the tenant file itself; only what is written like a file's name was meant as one.
    if (isOptional && !/^[\w./ -]+\.\w+$/.test(file)) return NOTHING;
    return refuse(path, "TENANT_FILE_MISSING", `${file} cannot be read: is it there, and a file?`);
  }
  if (!isUtf8(bytes)) return refuse(path, "TENANT_FILE_NOT_TEXT", `${file} is not text in UTF-8: save it as such`);
  const text = bytes.toString("utf8");
  return reference.form === "json" ? readJson(text, file, path, find) : readText(text, file, path, find);
}

const isInside = (folder: string, path: string): boolean => path.startsWith(folder + sep);

/** By a symbolic link. */
async function leadsOutside(directory: string, target: string): Promise<boolean> {
  const real = await realpath(target).catch(() => undefined);
  return real !== undefined && !isInside(await realpath(directory), real);
}

function readText(text: string, file: string, path: Path, find: FindKeywordValue): Loaded {
  const filled = fillFile(text, find);
  return {
    value: filled.text,
    problems: filled.left.map(({ marker, line }) => ({
      code: "TENANT_KEYWORDS_UNFILLED",
      path,
      message: `${marker.marker} in ${file}:${line} has no value`,
    })),
    keywords: filled.keywords.map(({ name, marker, line }) => ({ name, marker, path, place: `${file}:${line}` })),
  };
}

/** JSON is YAML that both parsers read alike, so its keywords are typed and whole as well. */
function readJson(text: string, file: string, path: Path, find: FindKeywordValue): Loaded {
  const source = parseSource(text, file);
  const problems: CodedProblem[] = [];
  const value = source.read((written) => {
    const resolved = fillMarkers(written, find);
    if (resolved.kind === "filled") return resolved.value;
    const message = `${resolved.reason} (${source.locate(written.path)})`;
    problems.push({ code: "TENANT_KEYWORDS_UNFILLED", path, message });
    return fillKnownMarkers(written, find);
  });
  if (!isMapping(value)) {
    problems.push({ code: "TENANT_MALFORMED", path, message: `${file} holds ${nameType(value)}: expected a mapping` });
  }
  const keywords = listOwnKeywords(source).map((keyword) => ({ ...keyword, path }));
  return { value, problems, keywords };
}

const refuse = (path: Path, code: ErrorCode, message: string): Loaded => ({
  value: undefined,
  problems: [{ code, path, message }],
  keywords: [],
});

/** A flow's or a form's file is the entry itself; only its name may stand in the tenant file. */
function place(document: unknown, { path, form }: FileReference, value: unknown): unknown {
  const [section] = path;
  if (form !== "json" || section === "prompts" || !isMapping(value)) return replaceAt(document, path, value);
  const entry = path.slice(0, -1);
  const present = valueAt(document, entry);
  const { body: _, ...rest } = value;
  return replaceAt(document, entry, {
    ...(isMapping(present) && "name" in present && { name: present.name }),
    ...rest,
  });
}

/** Of `[{ prompt: { screen: file } }]` the Deploy CLI makes a list of what the files say. */
function listRenderers(document: unknown): unknown {
  const path = ["prompts", "screenRenderers"];
  const entries = valueAt(document, path);
  if (!Array.isArray(entries)) return document;
  const screens = entries.filter(isMapping).flatMap((entry) => Object.values(entry).filter(isMapping));
  return replaceAt(
    document,
    path,
    screens.flatMap((screen) => Object.values(screen)),
  );
}
