import { InvalidScope } from "../../oauth-error.ts";

/** Scopes of a token request, each once: words between spaces or, in JSON, a list. Undefined when it has none. */
export function readScopeParameter(scope: unknown): readonly string[] | undefined {
  if (scope === undefined || scope === "") return undefined;
  if (typeof scope !== "string" && !(Array.isArray(scope) && scope.every((entry) => typeof entry === "string"))) {
    throw new InvalidScope("Scope must be an array or a string");
  }
  const words = typeof scope === "string" ? scope.split(" ") : (scope as readonly string[]);
  return [...new Set(words.filter((word) => word !== ""))];
}
