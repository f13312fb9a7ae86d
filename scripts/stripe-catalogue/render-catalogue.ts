import { WEBHOOK_PATH } from "../../gateways/webhooks/mount-receiver.ts";
import { THIN_EVENT_TYPES } from "../../gateways/webhooks/thin-event.ts";
import { EVENT_TYPES } from "../../gateways/webhooks/webhook-event.ts";
import { KEYS_TO_MAKE, renderKeyLink } from "../stripe/restricted-keys.ts";
import type { Paint } from "../terminal/paint.ts";
import { type CataloguePlan, type Change, renderPrice } from "./plan-catalogue.ts";

export function renderChange(change: Change, paint: Paint): string {
  switch (change.kind) {
    case "create meter":
      return `${paint("green", "+")} meter ${change.eventName}, adds up`;
    case "create product":
      return `${paint("green", "+")} product ${change.name}${change.id === undefined ? "" : ` (${change.id})`}`;
    case "update product": {
      const { active, scope } = change.fields;
      const fields = [
        ...(active ? ["active again"] : []),
        ...(scope === undefined ? [] : [`metadata.scope: ${scope}`]),
      ];
      return `${paint("yellow", "~")} product ${change.name} (${change.id}): ${fields.join(", ")}`;
    }
    case "create price": {
      const by = change.meter === undefined ? "" : `, for each unit of ${change.meter}`;
      return `${paint("green", "+")} price of ${change.scope}: ${renderPrice(change.price)}${by}`;
    }
  }
}

export function renderPlan({ changes, notes }: CataloguePlan, paint: Paint): string {
  const head =
    changes.length === 0 ? "The catalogue is as stripe.json says." : `${changes.length} to make, nothing to remove:`;
  return [
    head,
    ...changes.map((change) => `  ${renderChange(change, paint)}`),
    ...notes.map((note) => `Note: ${note}`),
  ].join("\n");
}

/** What only a person can make: Stripe has no call for keys. */
export function renderAdvice(): string {
  return [
    "Restricted keys to make in the dashboard (choose test or live there):",
    ...KEYS_TO_MAKE.flatMap((key) => [`  ${key.variable}: ${key.permissions.join(", ")}`, `    ${renderKeyLink(key)}`]),
    `Webhooks: an endpoint https://<your gateway>${WEBHOOK_PATH}; its signing secret is STRIPE_WEBHOOK_SECRET. Events:`,
    `  ${EVENT_TYPES.join(", ")}`,
    "Or an event destination with the payload style thin, at the same address:",
    `  ${THIN_EVENT_TYPES.join(", ")}`,
  ].join("\n");
}

/** One line; the form is part of the interface for scripts. */
export function renderJson({ changes, notes }: CataloguePlan, isApplied: boolean): string {
  const keys = KEYS_TO_MAKE.map((key) => ({ ...key, url: renderKeyLink(key) }));
  return JSON.stringify({
    changes,
    notes,
    applied: isApplied,
    keys,
    webhookEvents: EVENT_TYPES,
    thinEvents: THIN_EVENT_TYPES,
  });
}
