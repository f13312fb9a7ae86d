import type { Route } from "../../../gateways/authorizer/routes/route.ts";
import { sortBySpecificity } from "../../../gateways/model/route-pattern.ts";

interface Reading {
  readonly read: (path: string) => string;
  readonly ignoresCase: boolean;
}

/** How servers read the path of a request, from those that leave it as it is to those that resolve all that can be resolved. */
const readings: readonly Reading[] = [
  { read: (path) => path, ignoresCase: false },
  { read: (path) => path, ignoresCase: true },
  { read: decode, ignoresCase: false },
  { read: decode, ignoresCase: true },
  { read: (path) => decode(path).normalize("NFKC").toUpperCase().toLowerCase(), ignoresCase: true },
  { read: resolve, ignoresCase: true },
  { read: (path) => resolve(decode(decode(path))), ignoresCase: true },
];

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Without path parameters, backslashes, empty and dot segments; nothing after what ends a path. */
function resolve(path: string): string {
  const segments: string[] = [];
  for (const segment of decode(path).split(/[?#]/)[0]!.replaceAll("\\", "/").split("/")) {
    const name = segment.split(";")[0]!;
    if (name === "..") segments.pop();
    else if (name !== "" && name !== ".") segments.push(name);
  }
  return `/${segments.join("/")}`;
}

/**
 * What the resources ask for that a backend may serve for this address: a scope each, `public`, or `not listed`. One that has
 * one reading has one answer.
 */
export function listNeeds(url: string, routes: readonly Route[]): readonly string[] {
  const path = url.split("?")[0] ?? "";
  const needs = readings.map(({ read, ignoresCase }) => {
    const text = read(path);
    const route = sortBySpecificity(routes).find(
      (one) => one.method === "get" && toPattern(one, ignoresCase).test(text),
    );
    if (route === undefined) return "not listed";
    return route.access.kind === "scopes" ? route.access.scopes.join(" ") : "public";
  });
  return [...new Set(needs)];
}

/** A parameter may be empty for some routers. */
function toPattern({ segments }: Route, ignoresCase: boolean): RegExp {
  const parts = segments.map((segment) => (segment.kind === "literal" ? segment.written : "[^/]*"));
  return new RegExp(`^/${parts.join("/")}/?$`, ignoresCase ? "i" : "");
}
