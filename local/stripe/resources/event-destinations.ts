import type Stripe from "stripe";
import type { Account } from "../account.ts";
import { getRecord } from "../get-record.ts";
import { defineOperation, type Operation } from "../operation.ts";
import { renderV2Page } from "../v2-pages.ts";
import { type DestinationRecord, destinationCollection } from "../webhooks/destination-record.ts";
import { newDestination, toChanges } from "./event-destination-fields.ts";
import {
  createParameters,
  listParameters,
  retrieveParameters,
  updateParameters,
} from "./event-destination-parameters.ts";

const URL = "/v2/core/event_destinations";
const READ = "rak_webhook_read";
const WRITE = "rak_webhook_write";

/** Stripe API reference, "Event destinations": webhook endpoints of thin or snapshot events. */
export function createEventDestinations({ journal, clock, publisher }: Account): Operation[] {
  const destinations = destinationCollection(journal);
  const now = () => new Date(clock()).toISOString();

  const get = (id: string): DestinationRecord => getRecord(destinations, "event destination", id);
  const change = (id: string, changes: Partial<DestinationRecord>) =>
    render(destinations.set(id, { ...get(id), ...changes, updated: now() }));

  return [
    defineOperation({
      method: "POST",
      route: URL,
      permission: WRITE,
      parameters: createParameters,
      run: (fields) => {
        const destination = newDestination(fields, now());
        return render(destinations.set(destination.id, destination), fields.include);
      },
    }),
    defineOperation({
      method: "GET",
      route: URL,
      permission: READ,
      parameters: listParameters,
      run: ({ include: shown, ...page }) =>
        renderV2Page(
          destinations
            .values()
            .reverse()
            .map((one) => render(one, shown)),
          page,
          shown === undefined ? URL : `${URL}?include[0]=webhook_endpoint.url`,
        ),
    }),
    defineOperation({
      method: "GET",
      route: `${URL}/:id`,
      permission: READ,
      parameters: retrieveParameters,
      run: ({ include: shown }, id) => render(get(id), shown),
    }),
    defineOperation({
      method: "POST",
      route: `${URL}/:id`,
      permission: WRITE,
      parameters: updateParameters,
      run: ({ include: shown, ...fields }, id) => {
        change(id, toChanges(get(id), fields));
        return render(get(id), shown);
      },
    }),
    defineOperation({
      method: "DELETE",
      route: `${URL}/:id`,
      permission: WRITE,
      parameters: {},
      run: (_parameters, id) => {
        destinations.delete(get(id).id);
        return { id, object: "v2.core.event_destination" };
      },
    }),
    defineOperation({
      method: "POST",
      route: `${URL}/:id/disable`,
      permission: WRITE,
      parameters: {},
      run: (_parameters, id) => change(id, { status: "disabled", status_details: { disabled: { reason: "user" } } }),
    }),
    defineOperation({
      method: "POST",
      route: `${URL}/:id/enable`,
      permission: WRITE,
      parameters: {},
      run: (_parameters, id) => {
        const { status_details: _reason, ...destination } = get(id);
        return render(destinations.set(id, { ...destination, status: "enabled", updated: now() }));
      },
    }),
    defineOperation({
      method: "POST",
      route: `${URL}/:id/ping`,
      permission: WRITE,
      parameters: {},
      run: (_parameters, id) =>
        publisher.publishThin(
          {
            type: "v2.core.event_destination.ping",
            related: { id, type: "v2.core.event_destination", url: `${URL}/${id}` },
          },
          get(id),
        ),
    }),
  ];
}

/** Address and secret are shown to who asks for them. */
function render(
  { webhook_endpoint: endpoint, ...destination }: DestinationRecord,
  shown: readonly string[] = [],
): Stripe.V2.Core.EventDestination {
  return {
    ...destination,
    webhook_endpoint: {
      ...(shown.includes("webhook_endpoint.url") && { url: endpoint.url }),
      ...(shown.includes("webhook_endpoint.signing_secret") && { signing_secret: endpoint.signing_secret }),
    },
  };
}
