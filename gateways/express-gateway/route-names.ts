import type { GatewayRoute } from "../model/gateway-model.ts";

/** Letters, digits and hyphens, which its configuration takes for a name. */
export const escapeName = (name: string): string => name.replace(/[^\w-]+/g, "-");

/** `get-users-p1`: one for each route, with a number where another one is written so too, as `/a/b` and `/a-b` are. */
export function nameRoutes(routes: readonly GatewayRoute[]): ReadonlyMap<GatewayRoute, string> {
  const names = new Map<GatewayRoute, string>();
  const taken = new Set<string>();
  const findFree = (name: string, number = 2): string =>
    taken.has(`${name}-${number}`) ? findFree(name, number + 1) : `${name}-${number}`;
  for (const route of routes) {
    const parts = route.segments.map((segment, index) => (segment.kind === "literal" ? segment.text : `p${index}`));
    const plain = escapeName([route.method.toLowerCase(), ...parts].join("-"));
    const name = taken.has(plain) ? findFree(plain) : plain;
    taken.add(name);
    names.set(route, name);
  }
  return names;
}
