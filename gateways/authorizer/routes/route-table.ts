import type { Segments } from "./request-path.ts";
import type { Route } from "./route.ts";

/** Finds the route of a request in time that depends on the length of its path, not on the number of routes. */
export interface RouteTable {
  /** @param method in lower case */
  find(method: string, segments: Segments): Route | undefined;
}

interface Node {
  readonly literals: Map<string, Node>;
  parameter: Node | undefined;
  readonly rest: Map<string, Route>;
  readonly routes: Map<string, Route>;
}

const createNode = (): Node => ({ literals: new Map(), parameter: undefined, rest: new Map(), routes: new Map() });

/** The most specific route wins, whatever their order: a literal before a parameter before the rest. */
export function createRouteTable(routes: readonly Route[]): RouteTable {
  const root = createNode();
  for (const route of routes) insert(root, route);
  return { find: (method, segments) => find(root, method, segments, 0) };
}

function insert(root: Node, route: Route): void {
  let node = root;
  for (const segment of route.segments) {
    if (segment.kind === "rest") {
      node.rest.set(route.method, route);
      return;
    }
    node = segment.kind === "literal" ? literal(node, segment.text) : parameter(node);
  }
  node.routes.set(route.method, route);
}

function literal(node: Node, text: string): Node {
  const child = node.literals.get(text) ?? createNode();
  node.literals.set(text, child);
  return child;
}

function parameter(node: Node): Node {
  node.parameter ??= createNode();
  return node.parameter;
}

function find(node: Node, method: string, segments: Segments, index: number): Route | undefined {
  const segment = segments[index];
  if (segment === undefined) return node.routes.get(method) ?? node.routes.get("any");
  const child = node.literals.get(segment);
  return (
    (child && find(child, method, segments, index + 1)) ??
    (node.parameter && find(node.parameter, method, segments, index + 1)) ??
    node.rest.get(method) ??
    node.rest.get("any")
  );
}
