import { lowerAscii, type Spelling } from "./request-path.ts";

/**
 * Which router stands behind. `any`: nothing is known of it. `express`: Express 4 or 5 with its own settings, its routes
 * registered in the order of the list. `fastify`: Fastify 4 or 5 with its own settings.
 */
export type Router = "any" | "express" | "fastify";

/**
 * Whether a router takes a segment of a request for a literal segment of a route: all the answers that it may give.
 *
 * @param literal as the route has it
 */
export type Compare = (segment: Spelling, literal: string) => readonly boolean[];

export interface Reading {
  readonly compare: Compare;
  /** What a slash at the end may be. */
  readonly slash: "ignored" | "empty segment" | "either";
  /** Which of several routes it takes: the most specific one, or the first of the list. */
  readonly choice: "specific" | "first";
}

const YES: readonly boolean[] = [true];
const NO: readonly boolean[] = [false];
const BOTH: readonly boolean[] = [true, false];

const equalInAnyCase = (one: string, other: string): boolean => lowerAscii(one) === lowerAscii(other);

/** Certain only where it is spelled exactly so; possible wherever decoding and folding make it equal. */
const compareAnyhow: Compare = (segment, literal) => {
  if (segment.raw === literal && segment.decoded === literal) return YES;
  return listFoldings(segment).includes(lowerAscii(literal)) ? BOTH : NO;
};

const NOT_SHOWN = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * All that servers may make of a segment, in lower case by ASCII: with and without decoding it, by Unicode's mappings of case,
 * one after another as full case folding has them, by its compatibility forms, and without what is not shown (NFKC_Casefold).
 */
export function listFoldings({ raw, decoded }: Spelling): readonly string[] {
  if (!/[^\x20-\x7e]/.test(decoded))
    return raw === decoded ? [lowerAscii(raw)] : [lowerAscii(raw), lowerAscii(decoded)];
  const forms = [decoded, decoded.replace(NOT_SHOWN, "")].flatMap((text) => [text, text.normalize("NFKC")]);
  const mapped = forms.flatMap((text) => [
    text,
    text.toLowerCase(),
    text.toUpperCase(),
    text.toUpperCase().toLowerCase(),
    text.toLowerCase().toUpperCase(),
  ]);
  return [...new Set([raw, ...mapped].map(lowerAscii))];
}

export const readings: Readonly<Record<Router, Reading>> = {
  any: { compare: compareAnyhow, slash: "either", choice: "specific" },
  // It compares what was sent, without case. Version 4 lets a wildcard be empty.
  express: {
    compare: ({ raw }, literal) => (equalInAnyCase(raw, literal) ? YES : NO),
    slash: "either",
    choice: "first",
  },
  // It compares what it has decoded, but for characters with a meaning of their own, which it leaves as they are.
  fastify: {
    compare: ({ raw, decoded }, literal) => {
      if (decoded !== literal) return raw === literal ? BOTH : NO;
      return raw === literal || !/%/.test(raw) || !/[^\w~.-]/.test(literal) ? YES : BOTH;
    },
    slash: "empty segment",
    choice: "specific",
  },
};
