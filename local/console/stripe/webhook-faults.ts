import type { DeliverySettings } from "../../stripe/webhooks/deliveries.ts";

type Delivery = Pick<DeliverySettings, "copies" | "delay" | "lost">;

export const NO_WEBHOOK_FAULT: Delivery = { copies: 1, delay: 0, lost: false };

/** What may befall webhooks on their way. */
export const WEBHOOK_FAULTS = {
  lost: { label: "lost", effect: "do not arrive", settings: { ...NO_WEBHOOK_FAULT, lost: true } },
  late: { label: "late", effect: "arrive ten seconds late", settings: { ...NO_WEBHOOK_FAULT, delay: 10_000 } },
  twice: { label: "twice", effect: "arrive twice", settings: { ...NO_WEBHOOK_FAULT, copies: 2 } },
} as const satisfies Readonly<Record<string, { label: string; effect: string; settings: Delivery }>>;

export type WebhookFaultName = keyof typeof WEBHOOK_FAULTS;

/** Which of them is on. */
export function findWebhookFault({ copies, delay, lost }: DeliverySettings): WebhookFaultName | undefined {
  return (Object.keys(WEBHOOK_FAULTS) as WebhookFaultName[]).find((name) => {
    const { settings } = WEBHOOK_FAULTS[name];
    return settings.copies === copies && settings.delay === delay && settings.lost === lost;
  });
}
