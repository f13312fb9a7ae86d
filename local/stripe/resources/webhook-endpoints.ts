import type Stripe from "stripe";
import { type Account, readSeconds } from "../account.ts";
import { getRecord } from "../get-record.ts";
import { createId } from "../ids.ts";
import { mergeMetadata, metadata } from "../metadata.ts";
import { defineOperation, type Operation } from "../operation.ts";
import { pageParameters, renderPage } from "../pages.ts";
import { flag, list, nonEmptyText, notCarriedOut, type ParametersOf, required, text } from "../parameters.ts";
import { type EndpointRecord, endpointCollection } from "../webhooks/endpoint-record.ts";
import { expandPaths } from "./expand.ts";
import { localUrl } from "./local-url.ts";

const written = {
  description: text(5000),
  enabled_events: list(nonEmptyText(255)),
  expand: expandPaths,
  metadata,
  url: localUrl,
};

const createParameters = {
  ...written,
  api_version: notCarriedOut,
  connect: notCarriedOut,
} satisfies ParametersOf<Stripe.WebhookEndpointCreateParams>;
const updateParameters = { ...written, disabled: flag } satisfies ParametersOf<Stripe.WebhookEndpointUpdateParams>;

const ROUTE = "/v1/webhook_endpoints";

/** Stripe API reference, "Webhook endpoints". */
export function createWebhookEndpoints({ journal, clock }: Account): Operation[] {
  const endpoints = endpointCollection(journal);
  const get = (id: string): EndpointRecord => getRecord(endpoints, "webhook endpoint", id);

  return [
    defineOperation({
      method: "POST",
      route: ROUTE,
      permission: "rak_webhook_write",
      parameters: createParameters,
      run: (fields) => {
        const endpoint: EndpointRecord = {
          id: createId("we", 24),
          object: "webhook_endpoint",
          api_version: null,
          application: null,
          created: readSeconds(clock),
          description: fields.description ?? null,
          enabled_events: required(fields.enabled_events, "enabled_events"),
          livemode: false,
          metadata: mergeMetadata({}, fields.metadata ?? "clear"),
          secret: createId("whsec", 32),
          status: "enabled",
          url: required(fields.url, "url"),
        };
        // The only answer with the secret in it.
        return endpoints.set(endpoint.id, endpoint);
      },
    }),
    defineOperation({
      method: "GET",
      route: ROUTE,
      permission: "rak_webhook_read",
      parameters: { ...pageParameters, expand: expandPaths },
      run: (page) =>
        renderPage(endpoints.values().reverse().map(withoutSecret), page, { kind: "webhook endpoint", url: ROUTE }),
    }),
    defineOperation({
      method: "GET",
      route: `${ROUTE}/:id`,
      permission: "rak_webhook_read",
      parameters: { expand: expandPaths },
      run: (_parameters, id) => withoutSecret(get(id)),
    }),
    defineOperation({
      method: "POST",
      route: `${ROUTE}/:id`,
      permission: "rak_webhook_write",
      parameters: updateParameters,
      run: ({ description, enabled_events: events, url: address, disabled, metadata: change }, id) => {
        const before = get(id);
        const after: EndpointRecord = {
          ...before,
          ...(description !== undefined && { description }),
          ...(events !== undefined && { enabled_events: events }),
          ...(address !== undefined && { url: address }),
          ...(disabled !== undefined && { status: disabled ? "disabled" : "enabled" }),
          ...(change !== undefined && { metadata: mergeMetadata(before.metadata, change) }),
        };
        return withoutSecret(endpoints.set(id, after));
      },
    }),
    defineOperation({
      method: "DELETE",
      route: `${ROUTE}/:id`,
      permission: "rak_webhook_write",
      parameters: {},
      run: (_parameters, id) => {
        endpoints.delete(get(id).id);
        return { id, object: "webhook_endpoint", deleted: true } satisfies Stripe.DeletedWebhookEndpoint;
      },
    }),
  ];
}

const withoutSecret = ({ secret: _secret, ...endpoint }: EndpointRecord): Stripe.WebhookEndpoint => endpoint;
