import { isBuiltin } from "node:module";
import type { Message, OnResolveResult } from "esbuild";

/** What code loads besides Node's own modules. */
export interface Import {
  /** As written: `stripe/lib/resources`. */
  readonly specifier: string;
  /** The package that it is part of: `stripe`. */
  readonly packageName: string;
  readonly place: string;
}

/** For esbuild: the module is not part of the bundle. Only by way of a warning is it told with its place. */
export function leaveOutside(specifier: string): OnResolveResult {
  if (isBuiltin(specifier)) return { path: specifier, external: true };
  return { path: specifier, external: true, warnings: [{ text: "outside of the bundle", detail: specifier }] };
}

/** What leaveOutside has told of. */
export function listImported(warnings: readonly Message[]): readonly Import[] {
  return warnings.flatMap(({ detail, location }) =>
    typeof detail === "string"
      ? [{ specifier: detail, packageName: packageOf(detail), place: `${location?.file}:${location?.line}` }]
      : [],
  );
}

const packageOf = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
