import type Stripe from "stripe";
import { resourceMissing } from "./errors.ts";
import { integer, nonEmptyText, type ParametersOf } from "./parameters.ts";

/** The parameters that every list takes. Stripe docs, "Pagination". */
export const pageParameters = {
  limit: integer({ min: 1, max: 100 }),
  starting_after: nonEmptyText(255),
  ending_before: nonEmptyText(255),
} satisfies ParametersOf<Stripe.PaginationParams>;

interface PageRequest {
  readonly limit?: number;
  readonly starting_after?: string;
  readonly ending_before?: string;
}

interface PageContext {
  /** As in an error: `customer`. */
  readonly kind: string;
  readonly url: string;
}

/** One page of `objects`, which come newest first. */
export function renderPage<T extends { id: string }>(
  objects: readonly T[],
  { limit = 10, starting_after: after, ending_before: before }: PageRequest,
  { kind, url }: PageContext,
): Stripe.ApiList<T> {
  const indexOf = (id: string, parameter: string): number => {
    const index = objects.findIndex((candidate) => candidate.id === id);
    if (index === -1) throw resourceMissing(kind, id, parameter);
    return index;
  };
  if (before !== undefined) {
    const newer = objects.slice(0, indexOf(before, "ending_before"));
    return { object: "list", data: newer.slice(-limit), has_more: newer.length > limit, url };
  }
  const rest = after === undefined ? objects : objects.slice(indexOf(after, "starting_after") + 1);
  return { object: "list", data: rest.slice(0, limit), has_more: rest.length > limit, url };
}
