import { THIN_EVENT_TYPES } from "../../../gateways/webhooks/thin-event.ts";
import { EVENT_TYPES } from "../../../gateways/webhooks/webhook-event.ts";

/** The two ways in which Stripe sends events: whole objects (API v1), and thin ones that only name theirs (API v2). */
export type DestinationKind = "webhook endpoint" | "event destination";

export interface LiveDestination {
  readonly kind: DestinationKind;
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly isEnabled: boolean;
}

export type WebhookChange =
  | {
      readonly kind: "create destination";
      readonly of: DestinationKind;
      readonly url: string;
      readonly events: readonly string[];
    }
  | {
      readonly kind: "add events";
      readonly of: DestinationKind;
      readonly id: string;
      /** All of them afterwards: those that are there stay. */
      readonly events: readonly string[];
      readonly added: readonly string[];
    };

export interface WebhookPlan {
  readonly changes: readonly WebhookChange[];
  readonly notes: readonly string[];
}

/** Entitlements and deletions with their user are in whole events alone, refused usage in thin ones: the receiver needs both. */
const NEEDED: readonly (readonly [DestinationKind, readonly string[]])[] = [
  ["webhook endpoint", EVENT_TYPES],
  ["event destination", THIN_EVENT_TYPES],
];

/** Pure. Others' destinations are left alone, and so are events that somebody added. */
export function planWebhooks(url: string, live: readonly LiveDestination[]): WebhookPlan {
  const parts = NEEDED.map(([kind, needed]) => planDestination(kind, url, needed, live));
  return { changes: parts.flatMap(({ changes }) => changes), notes: parts.flatMap(({ notes }) => notes) };
}

function planDestination(
  kind: DestinationKind,
  url: string,
  needed: readonly string[],
  live: readonly LiveDestination[],
): WebhookPlan {
  const same = live.filter((one) => one.kind === kind && one.url === url);
  const present = same.find(({ isEnabled }) => isEnabled) ?? same[0];
  if (present === undefined)
    return { changes: [{ kind: "create destination", of: kind, url, events: needed }], notes: [] };
  const { id, events, isEnabled } = present;
  const notes = [
    ...(isEnabled ? [] : [`The ${kind} ${id} is disabled: enable it in the dashboard.`]),
    ...same.filter((one) => one !== present).map((one) => `Another ${kind} sends to ${url}: ${one.id}. One is enough.`),
  ];
  const added = events.includes("*") ? [] : needed.filter((event) => !events.includes(event));
  if (added.length === 0) return { changes: [], notes };
  return { changes: [{ kind: "add events", of: kind, id, events: [...events, ...added], added }], notes };
}
