import type Stripe from "stripe";
import { metadata } from "../metadata.ts";
import { list, nonEmptyText, noneCarriedOut, object, oneOf, type ParametersOf, text } from "../parameters.ts";
import { v2PageParameters } from "../v2-pages.ts";
import { localUrl } from "./local-url.ts";

const include = list(oneOf(["webhook_endpoint.url"]));
const written = {
  description: text(5000),
  enabled_events: list(nonEmptyText(255)),
  metadata,
  name: nonEmptyText(255),
  webhook_endpoint: object({ url: localUrl }),
};

export const createParameters = {
  ...written,
  event_payload: oneOf(["snapshot", "thin"]),
  include: list(oneOf(["webhook_endpoint.signing_secret", "webhook_endpoint.url"])),
  type: oneOf(["webhook_endpoint"]),
  ...noneCarriedOut("amazon_eventbridge", "azure_event_grid", "events_from", "snapshot_api_version"),
} satisfies ParametersOf<Stripe.V2.Core.EventDestinationCreateParams>;
export const updateParameters = {
  ...written,
  include,
} satisfies ParametersOf<Stripe.V2.Core.EventDestinationUpdateParams>;
export const retrieveParameters = { include } satisfies ParametersOf<Stripe.V2.Core.EventDestinationRetrieveParams>;
export const listParameters = { ...retrieveParameters, ...v2PageParameters };
