import { checkDocument } from "./check-document.ts";
import { fillKnownMarkers, fillMarkers, keepMarkers } from "./fill-markers.ts";
import { type FindKeywordValue, readKeywordValues } from "./keyword-values.ts";
import { findMarkers, isPlaceholder } from "./markers.ts";
import type { Environment } from "./read-environment.ts";
import type { TenantFile } from "./read-tenant.ts";
import { refuseLines } from "./refusal.ts";
import { type Path, renderPath } from "./shape.ts";
import type { TenantSource, TextWithMarkers } from "./source.ts";

/** A marker in the tenant file: `##NAME##` is replaced inside a text, `@@NAME@@` stands for the whole value. */
export interface Keyword {
  readonly name: string;
  readonly marker: string;
  readonly path: Path;
  /** `tenant.yaml:42` */
  readonly place: string;
}

/** Of the tenant file, and of the files that it names once they are read. */
export function listKeywords({ source, fileKeywords }: TenantFile): readonly Keyword[] {
  return [...listOwnKeywords(source), ...fileKeywords];
}

export function listOwnKeywords(source: TenantSource): readonly Keyword[] {
  return source.texts.flatMap(({ path, parts }) =>
    parts.flatMap((part) =>
      typeof part === "string" ? [] : [{ name: part.name, marker: part.marker, path, place: source.locate(path) }],
    ),
  );
}

/**
 * The document with every keyword replaced by its value. Values never pass through YAML, so a quote in one cannot break the
 * file, and no error message repeats one.
 *
 * @throws {CommandError} TENANT_KEYWORDS_UNFILLED naming every keyword that has no value and all its places
 * @throws {CommandError} TENANT_KEYWORDS_LEFT when a marker stands where it cannot be filled, or a value holds one itself
 * @throws {CommandError} KEYWORD_MAPPINGS_MALFORMED, and what readTenant throws of values
 */
export function fillKeywords(tenant: TenantFile, environment: Environment): TenantFile {
  const find = readKeywordValues(environment);
  checkAllFilled(tenant, find);
  checkNoneLeft(tenant, find);
  return fill(tenant, find);
}

/** Fills what the environment has and leaves the other markers standing: for checks that work without an environment. */
export function fillKnownKeywords(tenant: TenantFile, environment: Environment): TenantFile {
  return fill(tenant, readKeywordValues(environment));
}

/**
 * Fills the keywords that stand for a list or a mapping, and leaves those in texts standing: what is compiled into Actions is to
 * fit every environment, as far as it can.
 */
export function fillLists(tenant: TenantFile, environment: Environment): TenantFile {
  const find = readKeywordValues(environment);
  return read(tenant, (text) => {
    const resolved = fillMarkers(text, find);
    return resolved.kind === "filled" && typeof resolved.value === "object" && resolved.value !== null
      ? resolved.value
      : keepMarkers(text);
  });
}

function fill(tenant: TenantFile, find: FindKeywordValue): TenantFile {
  return read(tenant, (text) => {
    const resolved = fillMarkers(text, find);
    return resolved.kind === "filled" ? resolved.value : fillKnownMarkers(text, find);
  });
}

function read(tenant: TenantFile, resolve: (text: TextWithMarkers) => unknown): TenantFile {
  return { ...tenant, ...checkDocument(tenant.source.read(resolve), tenant.source) };
}

function checkAllFilled(tenant: TenantFile, find: FindKeywordValue): void {
  const places = new Map<string, Set<string>>();
  for (const { name, place } of listKeywords(tenant).filter(({ name }) => find(name) === undefined)) {
    places.set(name, (places.get(name) ?? new Set()).add(place));
  }
  if (places.size === 0) return;
  throw refuseLines(
    "TENANT_KEYWORDS_UNFILLED",
    `No value for ${places.size === 1 ? "a keyword" : `${places.size} keywords`} of the tenant file`,
    [...places].map(([name, at]) => `${name} (${[...at].join(", ")})`),
    "Set them in .env, in environments/<name>.env or in the environment; .env.example says what each is for.",
  );
}

function checkNoneLeft({ source }: TenantFile, find: FindKeywordValue): void {
  const lines = source.texts.flatMap((text) => {
    const reason = reasonOf(text, find);
    return reason === undefined ? [] : [`${source.locate(text.path)} ${renderPath(text.path)}: ${reason}`];
  });
  if (lines.length > 0) throw refuseLines("TENANT_KEYWORDS_LEFT", "Markers are left in the tenant file", lines);
}

function reasonOf(text: TextWithMarkers, find: FindKeywordValue): string | undefined {
  const resolved = fillMarkers(text, find);
  if (resolved.kind === "refused") return resolved.reason;
  return hasMarker(resolved.value) ? "the value that was filled in holds a marker itself" : undefined;
}

function hasMarker(value: unknown): boolean {
  if (typeof value === "string") return findMarkers(value).some((marker) => !isPlaceholder(marker, value));
  return typeof value === "object" && value !== null && Object.values(value).some(hasMarker);
}
