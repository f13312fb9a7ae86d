import type Stripe from "stripe";
import type { Account } from "../account.ts";
import { invalidRequest } from "../errors.ts";
import { fits, isWithin } from "../filters.ts";
import { getRecord } from "../get-record.ts";
import { defineOperation, type Operation } from "../operation.ts";
import { pageParameters, renderPage } from "../pages.ts";
import { instants, list, nonEmptyText, notCarriedOut, object, type ParametersOf, type Parser } from "../parameters.ts";
import { renderV2Page, v2PageParameters } from "../v2-pages.ts";
import { expandPaths } from "./expand.ts";

const types = list(nonEmptyText(255));

const listParameters = {
  ...pageParameters,
  created: instants,
  expand: expandPaths,
  type: nonEmptyText(255),
  types,
  delivery_success: notCarriedOut,
} satisfies ParametersOf<Stripe.EventListParams>;

/** Milliseconds since the epoch, of an instant as RFC 3339 has it. */
const moment: Parser<number> = (value, name) => {
  const at = Date.parse(nonEmptyText(50)(value, name));
  if (Number.isNaN(at)) throw invalidRequest("Invalid timestamp: send one of RFC 3339.", { param: name });
  return at;
};

const thinListParameters = {
  ...v2PageParameters,
  created: object({ gt: moment, gte: moment, lt: moment, lte: moment }),
  object_id: nonEmptyText(255),
  types,
} satisfies ParametersOf<Stripe.V2.Core.EventListParams & { page: string }>;

const PERMISSION = "rak_event_read";
const THIN_URL = "/v2/core/events";

/** Stripe API reference, "Events", of both forms. */
export function createEvents({ publisher: { events, thinEvents } }: Account): Operation[] {
  return [
    defineOperation({
      method: "GET",
      route: "/v1/events",
      permission: PERMISSION,
      parameters: listParameters,
      run: ({ created, type, types: several, ...page }) => {
        const wanted = several ?? (type === undefined ? undefined : [type]);
        const found = events.filter((one) => isOneOf(one.type, wanted) && isWithin(one.created, created));
        return renderPage(found, page, { kind: "event", url: "/v1/events" });
      },
    }),
    defineOperation({
      method: "GET",
      route: "/v1/events/:id",
      permission: PERMISSION,
      parameters: { expand: expandPaths },
      run: (_parameters, id) => getRecord(events, "event", id),
    }),
    defineOperation({
      method: "GET",
      route: THIN_URL,
      permission: PERMISSION,
      parameters: thinListParameters,
      run: ({ created, object_id: about, types: wanted, ...page }) => {
        const found = thinEvents.filter(
          (one) =>
            isOneOf(one.type, wanted) &&
            fits(one.related_object?.id, about) &&
            isWithin(Date.parse(one.created), created),
        );
        const asked = new URLSearchParams(wanted?.map((type, index): [string, string] => [`types[${index}]`, type]));
        if (about !== undefined) asked.set("object_id", about);
        return renderV2Page(found, page, asked.size === 0 ? THIN_URL : `${THIN_URL}?${asked}`);
      },
    }),
    defineOperation({
      method: "GET",
      route: `${THIN_URL}/:id`,
      permission: PERMISSION,
      parameters: {},
      run: (_parameters, id) => getRecord(thinEvents, "event", id),
    }),
  ];
}

const isOneOf = (type: string, wanted: readonly string[] | undefined): boolean =>
  wanted === undefined ||
  wanted.some((one) => one === type || (one.endsWith("*") && type.startsWith(one.slice(0, -1))));
