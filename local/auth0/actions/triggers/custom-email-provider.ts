import type { Event } from "@auth0/actions/custom-email-provider/v1";
import { createDeliveryApi, type DeliveryEffect, type DeliveryTransaction } from "../api/delivery.ts";
import type { TriggerDefinition } from "./definition.ts";

export const customEmailProvider: TriggerDefinition<Event, DeliveryTransaction, DeliveryEffect> = {
  trigger: "custom-email-provider",
  execute: "onExecuteCustomEmailProvider",
  start: () => ({ cache: new Map() }),
  nextEvent: (event) => structuredClone(event),
  createApi: createDeliveryApi,
  planStep: () => ({ type: "run-next-action" }),
  renderEffect: ({ type }) => type,
};
