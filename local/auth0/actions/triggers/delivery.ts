import type { Event as EmailEvent } from "@auth0/actions/custom-email-provider/v1";
import type { Event as PhoneEvent } from "@auth0/actions/custom-phone-provider/v1";
import { createDeliveryApi, type DeliveryEffect, type DeliveryTransaction } from "../api/delivery.ts";
import { copyData } from "../event/copy-data.ts";
import type { EntryPoint } from "../handler.ts";
import type { TriggerDefinition } from "./definition.ts";

type DeliveryTrigger = "custom-email-provider" | "custom-phone-provider";

const ENTRY: { readonly [T in DeliveryTrigger]: EntryPoint<T> } = {
  "custom-email-provider": "onExecuteCustomEmailProvider",
  "custom-phone-provider": "onExecuteCustomPhoneProvider",
};

/** Triggers whose Action delivers a message in the tenant's place. */
export function defineDelivery(
  trigger: DeliveryTrigger,
): TriggerDefinition<EmailEvent | PhoneEvent, DeliveryTransaction, DeliveryEffect> {
  return {
    trigger,
    execute: ENTRY[trigger],
    start: () => ({ cache: new Map() }),
    nextEvent: (event) => copyData(event),
    createApi: createDeliveryApi,
    planStep: () => ({ type: "run-next-action" }),
    renderEffect: ({ type }) => type,
  };
}
