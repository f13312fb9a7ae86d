import { listKeywords } from "../tenant/keywords.ts";
import type { Environment } from "../tenant/read-environment.ts";
import type { TenantFile } from "../tenant/read-tenant.ts";
import type { Path } from "../tenant/shape.ts";

/** Shorter ones ("on", "7") stand in every text; nobody's secret is that short. */
const MIN_LENGTH = 4;
const REPLACEMENT = "[redacted]";

/**
 * The values that must never be printed: what the environment fills in between at signs, and every Action secret that
 * comes from the environment. A value that the tenant file also uses in the open (the API's identifier is a setting of an
 * Action) is no secret. `tenant` is the file as written, with its keywords.
 */
export function listSecretValues(tenant: TenantFile, environment: Environment): readonly string[] {
  const keywords = listKeywords(tenant);
  const inTheOpen = new Set(keywords.filter((keyword) => !isSecret(keyword)).map(({ name }) => name));
  const names = keywords.filter(isSecret).map(({ name }) => name);
  return [...new Set([...names.filter((name) => !inTheOpen.has(name)), "AUTH0_CLIENT_SECRET"])].flatMap(
    (name) => environment[name] ?? [],
  );
}

/** A function that takes these values out of a text, as they stand and as JSON or a URL writes them. */
export function createRedactor(values: readonly string[]): (text: string) => string {
  // The log comes line by line, so each line of a PEM key counts for itself.
  const parts = values
    .flatMap((value) => [value, ...value.split(/\r?\n/)])
    .filter(({ length }) => length >= MIN_LENGTH);
  const forms = parts.flatMap((part) => [part, JSON.stringify(part).slice(1, -1), encodeURIComponent(part)]);
  // The longest first: what is left of a value after a part of it was replaced would stay readable.
  const ordered = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return (text) => ordered.reduce((redacted, form) => redacted.replaceAll(form, REPLACEMENT), text);
}

function isSecret({ marker, path }: { readonly marker: string; readonly path: Path }): boolean {
  return marker.startsWith("@@") || (path[0] === "actions" && path[2] === "secrets" && path.at(-1) === "value");
}
