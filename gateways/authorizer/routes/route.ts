import { isRecord, Problems } from "../problems.ts";
import { listSpelled, lowerAscii, parsePath, readMethod } from "./request-path.ts";

export interface Route {
  /** In lower case, or `any`. */
  readonly method: string;
  /** As written: `/users/{id}`, or `/files/*` for everything below. */
  readonly path: string;
  readonly segments: readonly RouteSegment[];
  readonly access: RouteAccess;
  /** Whether its requests count towards the meter of a paid scope; undefined: as the billing rules say. */
  readonly metered: boolean | undefined;
}

type RouteAccess =
  /** No token is asked for. */
  | { readonly kind: "public" }
  /** All of these; none: any valid token will do. */
  | { readonly kind: "scopes"; readonly scopes: readonly string[] }
  /** `<method>:<first segment>` */
  | { readonly kind: "convention" };

export type RouteSegment =
  /** Decoded; `text` in lower case, `written` as listed. */
  | { readonly kind: "literal"; readonly text: string; readonly written: string }
  | { readonly kind: "parameter" }
  /** Last: one or more segments. */
  | { readonly kind: "rest" };

const PARAMETER = /^\{[\w-]+\}$/;

/** RFC 6749 §3.3: the characters of a scope. */
const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

export const isScope = (text: string): boolean => SCOPE_TOKEN.test(text);

/**
 * Routes as they stand in routes.yaml: `{routes: [{method, path, scope?, public?, metered?, …}]}`. Members that are not
 * named here (the backend, for one) are for others.
 *
 * @throws {ConfigurationError} with every problem in it
 */
export function parseRoutes(value: unknown, file = "routes.yaml"): readonly Route[] {
  const problems = new Problems(file);
  const list = isRecord(value) ? value.routes : undefined;
  if (!Array.isArray(list)) {
    problems.add("routes", "expected a list");
    throw problems.toError();
  }
  const routes = list.flatMap((entry: unknown, index) => parseRoute(entry, `routes[${index}]`, problems) ?? []);
  noteDuplicates(routes, problems);
  problems.throwIfAny();
  return routes;
}

function parseRoute(value: unknown, place: string, problems: Problems): Route | undefined {
  if (!isRecord(value)) return problems.add(place, "expected a mapping");
  const { method, path, metered } = value;
  if (typeof method !== "string" || !/^[A-Za-z]+$/.test(method))
    return problems.add(`${place}.method`, "expected an HTTP method, or ANY");
  if (/^head$/i.test(method)) return problems.add(`${place}.method`, "list GET, which covers HEAD");
  if (typeof path !== "string") return problems.add(`${place}.path`, "expected a text that begins with a slash");
  const segments = parseSegments(path);
  if (segments === undefined)
    return problems.add(
      `${place}.path`,
      "expected segments such as /users/{id} (not :id or [id]), a * only as the last one, and nothing that servers read differently",
    );
  const access = parseAccess(value, place, problems);
  if (metered !== undefined && typeof metered !== "boolean")
    return problems.add(`${place}.metered`, "expected true or false");
  return access && { method: readMethod(method), path, segments, access, metered };
}

function parseAccess(value: Record<string, unknown>, place: string, problems: Problems): RouteAccess | undefined {
  const { scope } = value;
  if (value.public !== undefined && typeof value.public !== "boolean")
    return problems.add(`${place}.public`, "expected true or false");
  if (value.public === true) {
    if (scope !== undefined) return problems.add(place, "a public route has no scope");
    return { kind: "public" };
  }
  if (scope === undefined) return { kind: "convention" };
  const scopes: unknown[] = Array.isArray(scope) ? scope : [scope];
  if (!scopes.every((entry) => typeof entry === "string" && isScope(entry)))
    return problems.add(`${place}.scope`, "expected a scope or a list of scopes");
  return { kind: "scopes", scopes: scopes.map(String) };
}

function parseSegments(path: string): readonly RouteSegment[] | undefined {
  const parts = path === "/" ? [] : path.slice(1).split("/");
  const segments = parts.map((part, index): RouteSegment | undefined => {
    if (part === "*") return index === parts.length - 1 ? { kind: "rest" } : undefined;
    if (PARAMETER.test(part)) return { kind: "parameter" };
    // As other routers write a value: taken for a word, it would be a route that nobody asks for.
    if (/^(?::.*|\[.*\])$/.test(part)) return undefined;
    const path = part === "" ? undefined : parsePath(`/${part}`);
    const written = path && listSpelled(path)[0]?.decoded;
    if (written === undefined || written.includes("*")) return undefined;
    return { kind: "literal", text: lowerAscii(written), written };
  });
  return path.startsWith("/") && segments.every((segment) => segment !== undefined) ? segments : undefined;
}

/** `/users/{id}` and `/users/{name}` are one route. */
function noteDuplicates(routes: readonly Route[], problems: Problems): void {
  const seen = new Map<string, string>();
  for (const { method, path, segments } of routes) {
    const key = `${method} ${segments.map((segment) => (segment.kind === "literal" ? `=${segment.text}` : segment.kind)).join("/")}`;
    const earlier = seen.get(key);
    if (earlier !== undefined) problems.add(`${method.toUpperCase()} ${path}`, `is listed twice (as ${earlier})`);
    seen.set(key, path);
  }
}
