import type { Account } from "../account.ts";
import { invalidRequest } from "../errors.ts";
import type { FormMap, FormValue } from "../form.ts";
import { list, nonEmptyText, type Parser } from "../parameters.ts";
import { expandables } from "./expandables.ts";

/** Stripe docs, "Expanding responses". A list's `data` counts as a level. */
const MAXIMUM_DEPTH = 4;

/** `expand[]=data.customer`: each path is checked here and followed once the answer is there. */
export const expandPaths: Parser<string[]> = (value, name) => {
  const paths = list(nonEmptyText(500))(value, name);
  const deep = paths.find((path) => path.split(".").length > MAXIMUM_DEPTH);
  if (deep === undefined) return paths;
  throw invalidRequest(`You cannot expand more than ${MAXIMUM_DEPTH} levels of a property. Property: ${deep}`, {
    param: "expand",
  });
};

export type Expand = (answer: object, form: FormMap) => object;

/** Puts objects in the place of their ids. The records themselves stay as they are. */
export function createExpand(account: Account): Expand {
  const resolve = expandables(account);

  const follow = (value: unknown, path: readonly string[], whole: string): unknown => {
    const [property, ...rest] = path;
    if (property === undefined) return value;
    if (Array.isArray(value)) return value.map((item: unknown) => follow(item, path, whole));
    if (typeof value !== "object" || value === null) return value;
    const members: Record<string, unknown> = { ...value };
    const expanded = resolve(members, property);
    if (expanded === undefined && (!Object.hasOwn(members, property) || rest.length === 0)) {
      throw invalidRequest(`This property cannot be expanded (${whole}).`, { param: "expand" });
    }
    members[property] = follow(expanded ?? members[property], rest, whole);
    return members;
  };

  return (answer, form) => {
    const paths = form.get("expand") as FormValue | undefined;
    if (paths === undefined) return answer;
    return expandPaths(paths, "expand").reduce<object>(
      (expanded, path) => follow(expanded, path.split("."), path) as object,
      answer,
    );
  };
}
