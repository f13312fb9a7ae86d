import { type Compare, listFoldings } from "./readings.ts";
import type { Spelling } from "./request-path.ts";
import type { Route } from "./route.ts";

/** Routes by their segments. */
export interface Node {
  /** By their text in lower case. */
  readonly literals: Map<string, LiteralNode>;
  parameter: Node | undefined;
  readonly rest: Map<string, Route>;
  readonly routes: Map<string, Route>;
}

interface LiteralNode extends Node {
  /** As the first route that has it spells it. */
  readonly written: string;
}

const createNode = (): Node => ({ literals: new Map(), parameter: undefined, rest: new Map(), routes: new Map() });

export function createRouteTree(routes: readonly Route[]): Node {
  const root = createNode();
  for (const route of routes) insert(root, route);
  return root;
}

function insert(root: Node, route: Route): void {
  let node = root;
  for (const segment of route.segments) {
    if (segment.kind === "rest") {
      node.rest.set(route.method, route);
      return;
    }
    if (segment.kind === "literal") {
      const child = node.literals.get(segment.text) ?? { ...createNode(), written: segment.written };
      node.literals.set(segment.text, child);
      node = child;
    } else {
      node.parameter ??= createNode();
      node = node.parameter;
    }
  }
  node.routes.set(route.method, route);
}

/** The most specific route, whatever the order: a literal before a parameter before the rest. Decoded, in lower case. */
export function findSpecific(node: Node, method: string, segments: readonly string[], index = 0): Route | undefined {
  const segment = segments[index];
  if (segment === undefined) return node.routes.get(method) ?? node.routes.get("any");
  const child = node.literals.get(segment);
  return (
    (child && findSpecific(child, method, segments, index + 1)) ??
    (node.parameter && findSpecific(node.parameter, method, segments, index + 1)) ??
    node.rest.get(method) ??
    node.rest.get("any")
  );
}

/**
 * Every route that may be the most specific one, as a router may compare the segments; undefined among them: that none may.
 */
export function listSpecific(
  node: Node,
  method: string,
  segments: readonly Spelling[],
  compare: Compare,
): ReadonlySet<Route | undefined> {
  const from = (current: Node, index: number): ReadonlySet<Route | undefined> => {
    const segment = segments[index];
    if (segment === undefined) return new Set([current.routes.get(method) ?? current.routes.get("any")]);
    const found = new Set<Route | undefined>();
    // Each step adds what it may find, and hands on to the next one where it may find nothing.
    const tryStep = (step: () => ReadonlySet<Route | undefined>): boolean => {
      const outcomes = step();
      for (const route of outcomes) if (route !== undefined) found.add(route);
      return outcomes.has(undefined);
    };
    const { isCertain, children } = listChildren(current, segment, compare);
    const missed = children.map((child) => tryStep(() => from(child, index + 1)));
    if (isCertain && !missed.includes(true)) return found;
    const { parameter } = current;
    if (parameter !== undefined && !tryStep(() => from(parameter, index + 1))) return found;
    return found.add(current.rest.get(method) ?? current.rest.get("any"));
  };
  return from(node, 0);
}

/** Every route that matches, as a router may compare the segments. */
export function listMatching(
  node: Node,
  method: string,
  segments: readonly Spelling[],
  compare: Compare,
): readonly Route[] {
  const of = (routes: Map<string, Route>): readonly Route[] =>
    [method, "any"].flatMap((name) => routes.get(name) ?? []);
  const from = (current: Node, index: number): readonly Route[] => {
    const segment = segments[index];
    if (segment === undefined) return of(current.routes);
    const { children } = listChildren(current, segment, compare);
    return [
      ...children.flatMap((child) => from(child, index + 1)),
      ...(current.parameter === undefined ? [] : from(current.parameter, index + 1)),
      ...of(current.rest),
    ];
  };
  return from(node, 0);
}

/** The literals that a segment may be taken for, and whether it must be taken for one of them. */
function listChildren(
  { literals }: Node,
  segment: Spelling,
  compare: Compare,
): { readonly children: readonly LiteralNode[]; readonly isCertain: boolean } {
  const answered = listFoldings(segment).flatMap((key) => {
    const child = literals.get(key);
    return child === undefined ? [] : [{ child, answers: compare(segment, child.written) }];
  });
  return {
    children: answered.filter(({ answers }) => answers.includes(true)).map(({ child }) => child),
    isCertain: answered.some(({ answers }) => !answers.includes(false)),
  };
}
