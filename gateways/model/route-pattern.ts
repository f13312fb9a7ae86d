import type { GatewayRoute } from "./gateway-model.ts";

/** Nothing else is escaped: Go's expressions know no escaped letter, and a blank or an accent means itself everywhere. */
export const escapePattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/**
 * A regular expression for the path of a route, without case as the authorizer compares it. It only chooses the backend: the
 * authorizer has judged the raw path before.
 */
export function renderPathPattern({ segments }: Pick<GatewayRoute, "segments">): string {
  const parts = segments.map((segment) => {
    if (segment.kind === "literal") return `/${escapePattern(segment.text)}`;
    return segment.kind === "parameter" ? "/[^/]+" : "/.+";
  });
  return `^${parts.join("")}/?$`;
}

/** Most specific first, as the authorizer chooses: a literal before a parameter before the rest. */
export function sortBySpecificity<T extends Pick<GatewayRoute, "segments">>(routes: readonly T[]): readonly T[] {
  const rank = { literal: "0", parameter: "1", rest: "2" } as const;
  const keyed = routes.map((route) => ({ route, key: route.segments.map(({ kind }) => rank[kind]).join("") }));
  return keyed.sort((one, other) => compare(one.key, other.key)).map(({ route }) => route);
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/** GET is what HEAD is answered from. */
export const methodsOf = ({ method }: GatewayRoute): readonly string[] =>
  method === "GET" ? ["GET", "HEAD"] : [method];
