import { findRouteScopes } from "../authorizer/routes/convention.ts";
import type { Route } from "../authorizer/routes/route.ts";

/** Says which resources a token may use besides the one it is asked about, as patterns behind the stage. */
export type ListGrantable = (scopes: readonly string[]) => readonly string[];

interface Grant {
  readonly needed: readonly string[];
  /** `GET/users/*` */
  readonly pattern: string;
  /** Places of grants whose pattern may match the same request. */
  readonly overlapping: readonly number[];
}

/**
 * For policies that are kept for a token: what its scopes open, so that its next request is not refused from the cache.
 *
 * In a policy `*` matches slashes too: the pattern of `/users/{id}` matches `/users/1/secrets`. So a route is named only if
 * every route that its pattern may match is granted as well. Paid ones are never named, because what they cost depends on
 * more than the token.
 */
export function createListGrantable(routes: readonly Route[], isPaid: (scope: string) => boolean): ListGrantable {
  const patterns = routes.map(renderPattern);
  const grants = routes.map((route, index): Grant => {
    const pattern = patterns[index] ?? "";
    const needed = findRouteScopes(route);
    return {
      // Nothing grants what cannot be named or costs money.
      needed: needed === undefined || needed.some(isPaid) ? [""] : needed,
      pattern,
      overlapping: patterns.flatMap((other, place) => (place !== index && intersects(pattern, other) ? [place] : [])),
    };
  });
  return (scopes) => {
    const isGranted = grants.map(({ needed }) => needed.every((scope) => scopes.includes(scope)));
    return grants
      .filter(({ overlapping }, index) => isGranted[index] === true && overlapping.every((place) => isGranted[place]))
      .map(({ pattern }) => pattern);
  };
}

function renderPattern({ method, path }: Route): string {
  return `${method === "any" ? "*" : method.toUpperCase()}${path.replace(/\{[\w-]+\}/g, "*")}`;
}

/** Whether some text matches both patterns. */
function intersects(one: string, other: string): boolean {
  const seen = new Map<number, boolean>();
  const from = (i: number, j: number): boolean => {
    const key = i * (other.length + 1) + j;
    const known = seen.get(key);
    if (known !== undefined) return known;
    const answer = step(i, j);
    seen.set(key, answer);
    return answer;
  };
  const step = (i: number, j: number): boolean => {
    if (i === one.length && j === other.length) return true;
    if (one[i] === "*") return from(i + 1, j) || (j < other.length && from(i, j + 1));
    if (other[j] === "*") return from(i, j + 1) || (i < one.length && from(i + 1, j));
    return i < one.length && one[i] === other[j] && from(i + 1, j + 1);
  };
  return from(0, 0);
}
