import type Stripe from "stripe";
import type { Clock } from "../../clock.ts";
import type { Collection } from "../../state/journal.ts";
import { invalidRequest } from "../errors.ts";
import { type CustomerRecord, isLive } from "./customer-record.ts";

/** Stripe docs, "Search": usually seen within a minute, and not to be used to read what was just written. */
const VISIBILITY_DELAY = 60_000;

type Matches = (customer: Stripe.Customer) => boolean;

export interface CustomerIndex {
  /** A customer was written: search sees it as it is now, a minute from now. */
  note(id: string): void;
  search(matches: Matches, limit: number, page?: string): Stripe.ApiSearchResult<Stripe.Customer>;
}

export function createCustomerIndex(customers: Collection<CustomerRecord>, clock: Clock): CustomerIndex {
  const visible = new Map(customers.values().map((record) => [record.id, record]));
  let pending: { record: CustomerRecord; at: number }[] = [];

  const catchUp = (): void => {
    const due = pending.filter(({ at }) => clock() - at >= VISIBILITY_DELAY);
    pending = pending.slice(due.length);
    for (const { record } of due) visible.set(record.id, record);
  };

  return {
    note(id) {
      const record = customers.get(id);
      if (record !== undefined) pending.push({ record, at: clock() });
    },
    search(matches, limit, page) {
      catchUp();
      const found = [...visible.values()].filter(isLive).filter(matches).reverse();
      const start = page === undefined ? 0 : readPage(page);
      const end = start + limit;
      const hasMore = found.length > end;
      return {
        object: "search_result",
        data: found.slice(start, end),
        has_more: hasMore,
        next_page: hasMore ? renderPageToken(end) : null,
        url: "/v1/customers/search",
      };
    },
  };
}

const renderPageToken = (offset: number): string => Buffer.from(String(offset)).toString("base64url");

function readPage(token: string): number {
  const offset = Number(Buffer.from(token, "base64url").toString());
  if (Number.isInteger(offset) && offset > 0) return offset;
  throw invalidRequest("Invalid page token.", { param: "page" });
}

const TERM =
  /^\s*(?<not>-)?(?:(?<field>email|name|phone)|metadata\[(?<q>["'])(?<key>(?:\\.|(?!\k<q>).)*)\k<q>\]|(?<created>created))\s*(?<operator>[:~]|[<>]=?)\s*(?:(?<quote>["'])(?<value>(?:\\.|(?!\k<quote>).)*)\k<quote>|(?<number>\d+)|(?<null>null))\s*/;

/** Stripe docs, "Search query language": terms joined by AND or by OR, not by both. Text is compared without case. */
export function parseQuery(query: string): Matches {
  const terms: Matches[] = [];
  const joints = new Set<string>();
  let rest = query;
  for (;;) {
    const match = TERM.exec(rest);
    if (match?.groups === undefined) throw badQuery(query);
    terms.push(renderTerm(match.groups, query));
    rest = rest.slice(match[0].length);
    if (rest === "") break;
    const joint = /^(AND|OR)\s/i.exec(rest)?.[1]?.toUpperCase() ?? "AND";
    joints.add(joint);
    rest = rest.replace(/^(AND|OR)\s+/i, "");
  }
  if (joints.size > 1) throw badQuery(query);
  return joints.has("OR")
    ? (customer) => terms.some((matches) => matches(customer))
    : (customer) => terms.every((matches) => matches(customer));
}

function renderTerm(groups: Record<string, string | undefined>, query: string): Matches {
  const { not, field, key, created, operator, value, number } = groups;
  const positive = created === undefined ? matchText() : matchCreated();
  return not === undefined ? positive : (customer) => !positive(customer);

  function matchCreated(): Matches {
    const limit = Number(number ?? value);
    if (!Number.isInteger(limit)) throw badQuery(query);
    const compare: Record<string, (at: number) => boolean> = {
      ":": (at) => at === limit,
      ">": (at) => at > limit,
      ">=": (at) => at >= limit,
      "<": (at) => at < limit,
      "<=": (at) => at <= limit,
    };
    const holds = compare[operator ?? ""];
    if (holds === undefined) throw badQuery(query);
    return (customer) => holds(customer.created);
  }

  function matchText(): Matches {
    const read = (customer: Stripe.Customer): string | null =>
      key === undefined
        ? (customer[field as "email" | "name" | "phone"] ?? null)
        : (customer.metadata[removeEscapes(key)] ?? null);
    if (operator === ":" && groups.null !== undefined) return (customer) => read(customer) === null;
    if (value === undefined) throw badQuery(query);
    const wanted = removeEscapes(value).toLowerCase();
    if (operator === ":") return (customer) => read(customer)?.toLowerCase() === wanted;
    // Metadata is matched whole; a part of a text needs three characters.
    if (operator !== "~" || key !== undefined || wanted.length < 3) throw badQuery(query);
    return (customer) => read(customer)?.toLowerCase().includes(wanted) ?? false;
  }
}

const removeEscapes = (text: string): string => text.replace(/\\(.)/g, "$1");

function badQuery(query: string): Error {
  return invalidRequest(
    `We were unable to parse your search query: ${query}. See https://stripe.com/docs/search#search-query-language.`,
    { param: "query" },
  );
}
