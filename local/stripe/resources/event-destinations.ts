import type Stripe from "stripe";
import type { Account } from "../account.ts";
import { invalidRequest } from "../errors.ts";
import { getRecord } from "../get-record.ts";
import { createId } from "../ids.ts";
import { applyMetadata, metadata } from "../metadata.ts";
import { defineOperation, type Operation } from "../operation.ts";
import { list, nonEmptyText, noneCarriedOut, object, oneOf, type ParametersOf, required, text } from "../parameters.ts";
import { renderV2Page, v2PageParameters } from "../v2-pages.ts";
import { type DestinationRecord, destinationCollection } from "../webhooks/destination-record.ts";
import { localUrl } from "./local-url.ts";

const include = list(oneOf(["webhook_endpoint.url"]));
const written = {
  description: text(5000),
  enabled_events: list(nonEmptyText(255)),
  metadata,
  name: nonEmptyText(255),
  webhook_endpoint: object({ url: localUrl }),
};

const createParameters = {
  ...written,
  event_payload: oneOf(["snapshot", "thin"]),
  include: list(oneOf(["webhook_endpoint.signing_secret", "webhook_endpoint.url"])),
  type: oneOf(["webhook_endpoint"]),
  ...noneCarriedOut("amazon_eventbridge", "azure_event_grid", "events_from", "snapshot_api_version"),
} satisfies ParametersOf<Stripe.V2.Core.EventDestinationCreateParams>;
const updateParameters = { ...written, include } satisfies ParametersOf<Stripe.V2.Core.EventDestinationUpdateParams>;
const readParameters = { include } satisfies ParametersOf<Stripe.V2.Core.EventDestinationRetrieveParams>;

const URL = "/v2/core/event_destinations";
const READ = "rak_webhook_read";
const WRITE = "rak_webhook_write";

/** Stripe API reference, "Event destinations": webhook endpoints of thin or snapshot events. */
export function createEventDestinations({ journal, clock, publisher }: Account): Operation[] {
  const destinations = destinationCollection(journal);
  const now = () => new Date(clock()).toISOString();

  const get = (id: string): DestinationRecord => getRecord(destinations, "event destination", id);
  const change = (id: string, changes: Partial<DestinationRecord>) =>
    render(destinations.set(id, { ...read(id), ...changes, updated: now() }));

  return [
    defineOperation({
      method: "POST",
      route: URL,
      permission: WRITE,
      parameters: createParameters,
      run: (fields) => {
        const created = now();
        const payload = required(fields.event_payload, "event_payload");
        const destination: DestinationRecord = {
          id: createId("we_test", 24),
          object: "v2.core.event_destination",
          created,
          description: fields.description ?? "",
          enabled_events: checkEvents(required(fields.enabled_events, "enabled_events"), payload),
          event_payload: payload,
          events_from: ["self"],
          livemode: false,
          metadata: applyMetadata({}, fields.metadata ?? "clear"),
          name: required(fields.name, "name"),
          status: "enabled",
          type: required(fields.type, "type"),
          updated: created,
          webhook_endpoint: {
            url: required(fields.webhook_endpoint?.url, "webhook_endpoint.url"),
            signing_secret: createId("whsec", 32),
          },
        };
        return render(destinations.set(destination.id, destination), fields.include);
      },
    }),
    defineOperation({
      method: "GET",
      route: URL,
      permission: READ,
      parameters: { ...readParameters, ...v2PageParameters },
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
      parameters: readParameters,
      run: ({ include: shown }, id) => render(get(id), shown),
    }),
    defineOperation({
      method: "POST",
      route: `${URL}/:id`,
      permission: WRITE,
      parameters: updateParameters,
      run: ({ include: shown, metadata: changed, webhook_endpoint: endpoint, description, ...fields }, id) => {
        const before = get(id);
        if (fields.enabled_events !== undefined) checkEvents(fields.enabled_events, before.event_payload);
        change(id, {
          ...fields,
          ...(description !== undefined && { description: description ?? "" }),
          ...(changed !== undefined && { metadata: applyMetadata(before.metadata ?? {}, changed) }),
          ...(endpoint?.url !== undefined && { webhook_endpoint: { ...before.webhook_endpoint, url: endpoint.url } }),
        });
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

function checkEvents(events: string[], payload: "snapshot" | "thin"): string[] {
  const wrong = events.find((type) => type !== "*" && /^v\d+\./.test(type) !== (payload === "thin"));
  if (wrong === undefined) return events;
  throw invalidRequest(`The event type '${wrong}' is not one of ${payload} events.`, { param: "enabled_events" });
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
