import { conventionalScope } from "./convention.ts";
import { type Reading, type Router, readings } from "./readings.ts";
import { listSpelled, type RequestPath, type Spelling } from "./request-path.ts";
import type { Route } from "./route.ts";
import { createRouteTree, findSpecific, listMatching, listSpecific, type Node } from "./route-tree.ts";

/** Finds the route of a request in time that depends on the length of its path, not on the number of routes. */
export interface RouteTable {
  /**
   * `ambiguous`: the router behind may take the request for another route than this one, which asks for something else.
   *
   * @param method in lower case
   */
  find(method: string, path: RequestPath): Route | "ambiguous" | undefined;
}

export function createRouteTable(routes: readonly Route[], router: Router = "any"): RouteTable {
  const root = createRouteTree(routes);
  const reading = readings[router];
  const places = new Map(routes.map((route, place) => [route, place]));
  const hasCapitals = routes.some(({ segments }) =>
    segments.some((segment) => segment.kind === "literal" && segment.written !== segment.text),
  );
  const isReadAlike = ({ spelled, segments, endsInSlash }: RequestPath): boolean =>
    !hasCapitals && !endsInSlash && (spelled?.every(({ raw }, index) => raw === segments[index]) ?? true);

  return {
    find(method, path) {
      if (reading.choice === "first") return agree(findFirsts(root, method, path, reading, places), method);
      const own = findSpecific(root, method, path.segments);
      if (isReadAlike(path)) return own;
      const found = listSpellings(path, reading).flatMap((one) => [
        ...listSpecific(root, method, one, reading.compare),
      ]);
      // What is not known is not opened by a reading that only some routers have.
      if (router === "any" && own === undefined)
        return found.every((route) => route === undefined) ? undefined : "ambiguous";
      return agree(found, method);
    },
  };
}

/** For a router that takes the first of its list: one for each way to read a slash at the end. */
function findFirsts(
  root: Node,
  method: string,
  path: RequestPath,
  reading: Reading,
  places: ReadonlyMap<Route, number>,
): readonly (Route | undefined)[] {
  const placeOf = (route: Route): number => places.get(route) ?? 0;
  return listSpellings(path, reading).map(
    (one) => [...listMatching(root, method, one, reading.compare)].sort((a, b) => placeOf(a) - placeOf(b))[0],
  );
}

const EMPTY: Spelling = { raw: "", decoded: "" };

function listSpellings(path: RequestPath, { slash }: Reading): readonly (readonly Spelling[])[] {
  const spelled = listSpelled(path);
  const { endsInSlash } = path;
  if (!endsInSlash || slash === "ignored") return [spelled];
  return slash === "empty segment" ? [[...spelled, EMPTY]] : [spelled, [...spelled, EMPTY]];
}

/** The one route, or one of several that ask for the same. Where a router finds none it answers 404: nothing is opened. */
function agree(found: readonly (Route | undefined)[], method: string): Route | "ambiguous" | undefined {
  const [first, ...others] = found.filter((route) => route !== undefined);
  if (first === undefined) return undefined;
  const demand = renderDemand(first, method);
  return others.every((route) => renderDemand(route, method) === demand) ? first : "ambiguous";
}

/** What a route asks for: a scope, a price, or nothing. */
function renderDemand({ access, segments: [first], metered }: Route, method: string): string {
  const conventional = first?.kind === "literal" ? conventionalScope(method, [first.text]) : undefined;
  const scopes = access.kind === "scopes" ? access.scopes : conventional === undefined ? [] : [conventional];
  return JSON.stringify(
    access.kind === "public"
      ? "public"
      : { scopes: [...scopes].sort(), isNamed: scopes.length > 0 || access.kind === "scopes", metered },
  );
}
