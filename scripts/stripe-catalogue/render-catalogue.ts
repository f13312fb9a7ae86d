import { WEBHOOK_PATH } from "../../gateways/webhooks/mount-receiver.ts";
import { THIN_EVENT_TYPES } from "../../gateways/webhooks/thin-event.ts";
import { EVENT_TYPES } from "../../gateways/webhooks/webhook-event.ts";
import { KEYS_TO_MAKE, renderKeyLink } from "../stripe/restricted-keys.ts";
import type { Paint } from "../terminal/paint.ts";
import { type CataloguePlan, type Change, renderPrice } from "./plan-catalogue.ts";
import type { WebhookPlan } from "./webhooks/plan-webhooks.ts";
import { renderWebhookChange } from "./webhooks/render-webhook.ts";

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

export function renderPlan({ changes, notes }: CataloguePlan, webhooks: WebhookPlan, paint: Paint): string {
  const lines = [
    ...changes.map((change) => renderChange(change, paint)),
    ...webhooks.changes.map((change) => renderWebhookChange(change, paint)),
  ];
  const head =
    lines.length === 0 ? "The catalogue is as stripe.json says." : `${lines.length} to make, nothing to remove:`;
  return [
    head,
    ...lines.map((line) => `  ${line}`),
    ...[...notes, ...webhooks.notes].map((note) => `Note: ${note}`),
  ].join("\n");
}

/** What only a person can make: Stripe has no call for keys. */
export function renderAdvice(): string {
  return [
    "Restricted keys to make in the dashboard (choose test or live there):",
    ...KEYS_TO_MAKE.flatMap((key) => [`  ${key.variable}: ${key.permissions.join(", ")}`, `    ${renderKeyLink(key)}`]),
    "Webhooks, made by --webhooks https://<your gateway>; the signing secrets of both, with a comma between, are STRIPE_WEBHOOK_SECRET.",
    `An endpoint https://<your gateway>${WEBHOOK_PATH}, for the events`,
    `  ${EVENT_TYPES.join(", ")}`,
    "and an event destination with the payload style thin, at the same address, for",
    `  ${THIN_EVENT_TYPES.join(", ")}`,
  ].join("\n");
}

/** One line; the form is part of the interface for scripts. */
export function renderJson({ changes, notes }: CataloguePlan, webhooks: WebhookPlan, isApplied: boolean): string {
  const keys = KEYS_TO_MAKE.map((key) => ({ ...key, url: renderKeyLink(key) }));
  return JSON.stringify({
    changes: [...changes, ...webhooks.changes],
    notes: [...notes, ...webhooks.notes],
    applied: isApplied,
    keys,
    webhookEvents: EVENT_TYPES,
    thinEvents: THIN_EVENT_TYPES,
  });
}
