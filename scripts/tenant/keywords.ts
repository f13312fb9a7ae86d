import { CommandError, EXIT } from "../command.ts";
import { isTenantDocument } from "./document.ts";
import type { Environment } from "./read-environment.ts";
import { renderPath, type TenantFile } from "./read-tenant.ts";
import { isMapping, type Path } from "./shape.ts";

/**
 * A marker of the Deploy CLI. `##NAME##` is replaced inside a text, `@@NAME@@` stands for the whole value
 * (auth0-deploy-cli docs, "Keyword replacement").
 */
export interface Keyword {
  readonly name: string;
  readonly marker: string;
  readonly path: Path;
  /** `tenant.yaml:42` */
  readonly place: string;
  /** False for `@@NAME@@` inside a longer text and for a marker in a key: neither can be filled. */
  readonly fillable: boolean;
}

const markers = /##([A-Za-z_][A-Za-z0-9_]*)##|@@([A-Za-z_][A-Za-z0-9_]*)@@/g;

/** Every marker in a text, in order: also used on bundles, where there must be none. */
export function findMarkers(
  text: string,
): readonly { readonly name: string; readonly marker: string; readonly index: number }[] {
  return [...text.matchAll(markers)].map((match) => ({
    name: match[1] ?? match[2] ?? "",
    marker: match[0],
    index: match.index,
  }));
}

export function listKeywords(tenant: TenantFile): readonly Keyword[] {
  return collect(tenant.document, [], tenant.locate);
}

/**
 * The document with every keyword replaced by its value, as an object: values never pass through YAML, so a quote in one
 * can not break the file, and no error message repeats one.
 *
 * @throws CommandError TENANT_KEYWORDS_UNFILLED naming every keyword that has no value and all its places. An empty value
 * counts as none: that is what CI systems hand over for a secret that they do not have.
 * @throws CommandError TENANT_KEYWORDS_LEFT when a marker stands where it can not be filled, or a value holds one itself.
 */
export function fillKeywords(tenant: TenantFile, environment: Environment): TenantFile {
  const keywords = listKeywords(tenant);
  const places = new Map<string, string[]>();
  for (const { name, place } of keywords.filter(({ name }) => !findValue(environment, name))) {
    places.set(name, [...(places.get(name) ?? []), place]);
  }
  if (places.size > 0) {
    const missing = [...places].map(([name, at]) => `  ${name} (${[...new Set(at)].join(", ")})`);
    throw new CommandError(
      "TENANT_KEYWORDS_UNFILLED",
      `No value for ${places.size === 1 ? "a keyword" : `${places.size} keywords`} of the tenant file:\n${missing.join("\n")}\n` +
        "Set them in .env, in environments/<name>.env or in the environment; .env.example says what each is for.",
      { exitCode: EXIT.usage },
    );
  }
  const filled = fillKnownKeywords(tenant, environment);
  const left = listKeywords(filled);
  if (left.length > 0) {
    const names = new Set(keywords.filter(({ fillable }) => !fillable).map(({ marker }) => marker));
    const lines = left.map(({ marker, path, place }) =>
      names.has(marker)
        ? `  ${place} ${renderPath(path)}: ${marker} must be the whole value, not part of a text or a key`
        : `  ${place} ${renderPath(path)}: the value that was filled in holds a marker itself`,
    );
    throw new CommandError("TENANT_KEYWORDS_LEFT", `Markers are left in the tenant file:\n${lines.join("\n")}`, {
      exitCode: EXIT.usage,
    });
  }
  return filled;
}

/** Fills what the environment has and leaves the other markers standing: for checks that work without an environment. */
export function fillKnownKeywords(tenant: TenantFile, environment: Environment): TenantFile {
  const document: unknown = fill(tenant.document, environment);
  // Texts are replaced by texts, so the shape that was checked on reading still holds.
  if (!isTenantDocument(document)) throw new Error("filling keywords changed the shape of the tenant document");
  return { ...tenant, document };
}

function collect(value: unknown, path: Path, locate: TenantFile["locate"]): readonly Keyword[] {
  if (typeof value === "string") {
    return findMarkers(value).map(({ name, marker }) => ({
      name,
      marker,
      path,
      place: locate(path),
      fillable: marker.startsWith("##") || marker === value,
    }));
  }
  if (Array.isArray(value)) return value.flatMap((entry, index) => collect(entry, [...path, index], locate));
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([key, entry]) => [
    ...findMarkers(key).map(({ name, marker }) => ({
      name,
      marker,
      path: [...path, key],
      place: locate([...path, key]),
      fillable: false,
    })),
    ...collect(entry, [...path, key], locate),
  ]);
}

function fill(value: unknown, environment: Environment): unknown {
  if (typeof value === "string") return fillText(value, environment);
  if (Array.isArray(value)) return value.map((entry) => fill(entry, environment));
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fill(entry, environment)]));
}

/** Own members only: ##constructor## is a name like any other. */
function findValue(environment: Environment, name: string): string | undefined {
  return Object.hasOwn(environment, name) ? environment[name] : undefined;
}

/** One pass: what a value brings in is not looked at again, so no value can name another one. */
function fillText(text: string, environment: Environment): string {
  return text.replace(markers, (marker, inText: string | undefined, whole: string | undefined) => {
    if (whole !== undefined && marker !== text) return marker;
    return findValue(environment, inText ?? whole ?? "") || marker;
  });
}
