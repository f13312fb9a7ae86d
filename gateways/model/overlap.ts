import type { GatewayRoute } from "./gateway-model.ts";

type Segments = GatewayRoute["segments"];

/**
 * Routes with a word where this one takes any value, and with another scope or price. A gateway's own router tells them apart
 * by the word exactly as it is listed; a server behind may find them in another spelling of it.
 */
export function listNarrower(route: GatewayRoute, routes: readonly GatewayRoute[]): readonly GatewayRoute[] {
  return routes.filter(
    (other) =>
      other.method === route.method &&
      renderDemand(other) !== renderDemand(route) &&
      isNarrower(other.segments, route.segments),
  );
}

const renderDemand = ({ scopes, metered }: GatewayRoute): string =>
  JSON.stringify([scopes === undefined ? "public" : [...scopes].sort(), metered]);

/** Whether some path matches both, and the one has a word for it where the other has none. */
function isNarrower([first, ...rest]: Segments, [other, ...others]: Segments, hasWord = false): boolean {
  if (first === undefined || other === undefined) return first === other && hasWord;
  if (first.kind === "rest" || other.kind === "rest")
    return hasWord || (other.kind === "rest" && [first, ...rest].some(({ kind }) => kind === "literal"));
  if (first.kind === "literal" && other.kind === "literal" && first.text !== other.text) return false;
  return isNarrower(rest, others, hasWord || (first.kind === "literal" && other.kind === "parameter"));
}
