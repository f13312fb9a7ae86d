import { setTimeout } from "node:timers/promises";
import type { Clock } from "../../clock.ts";
import { renderSignature } from "./sign.ts";

export interface DeliverySettings {
  /** How often each event is sent even though it was taken: Stripe promises at least once. */
  readonly copies: number;
  /** Holds events back and sends them in the opposite order: Stripe promises none. */
  readonly reversed: boolean;
  /** Milliseconds before each try. */
  readonly delay: number;
  /** Has no try arrive. */
  readonly lost: boolean;
  /** Milliseconds before the second, third, … try. */
  readonly retryAfter: readonly number[];
}

interface Delivery {
  readonly event: string;
  readonly type: string;
  readonly endpoint: string;
  readonly attempt: number;
  /** None when there was no answer. */
  readonly status: number | undefined;
}

/** Who has registered, and with which secret events are signed. */
interface Receiver {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
}

export interface Deliveries {
  /** Sends one event, signed, to each of the receivers. */
  send(receivers: readonly Receiver[], event: { readonly id: string; readonly type: string }, payload: string): void;
  configure(settings: Partial<DeliverySettings>): void;
  settings(): DeliverySettings;
  /** The newest tries, oldest first. Payloads are not in it. */
  entries(): readonly Delivery[];
  /** Resolves when nothing is on its way any more, retries included. */
  settled(): Promise<void>;
  close(): void;
}

export interface DeliveriesOptions {
  readonly clock: Clock;
  readonly settings?: Partial<DeliverySettings> | undefined;
}

const KEPT = 1000;
/** Milliseconds for an answer, and in which held-back events come together. */
const TIMEOUT_MS = 10_000;
const HOLD_FOR = 50;

/** Sends events, and again until they are taken or the tries are used up. */
export function createDeliveries({ clock, settings: given }: DeliveriesOptions): Deliveries {
  let settings: DeliverySettings = {
    copies: 1,
    reversed: false,
    delay: 0,
    lost: false,
    retryAfter: [200, 1000, 5000],
    ...given,
  };
  let log: Delivery[] = [];
  let held: (() => void)[] = [];
  const underWay = new Set<Promise<void>>();
  const closing = new AbortController();

  const post = async ({ url, secret }: Receiver, payload: string): Promise<number | undefined> => {
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: {
          "content-type": "application/json; charset=utf-8",
          "stripe-signature": renderSignature(payload, secret, Math.floor(clock() / 1000)),
          "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        },
        body: payload,
        // Stripe docs, "Webhooks": a redirect counts as a failure.
        redirect: "manual",
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return undefined;
    }
  };

  const deliver = async (endpoint: Receiver, event: { id: string; type: string }, payload: string) => {
    for (let attempt = 1; ; attempt += 1) {
      if (settings.delay > 0 && !(await wait(settings.delay, closing.signal))) return;
      const status = settings.lost ? undefined : await post(endpoint, payload);
      log.push({ event: event.id, type: event.type, endpoint: endpoint.id, attempt, status });
      if (log.length > KEPT * 2) log = log.slice(-KEPT);
      const isTaken = status !== undefined && status >= 200 && status < 300;
      const pause = settings.retryAfter[attempt - 1];
      if (isTaken || pause === undefined || !(await wait(pause, closing.signal))) return;
    }
  };

  const start = (work: () => Promise<void>): void => {
    if (closing.signal.aborted) return;
    const running = work().finally(() => underWay.delete(running));
    underWay.add(running);
  };

  return {
    send(receivers, event, payload) {
      const sends = receivers.flatMap((receiver) =>
        Array.from({ length: settings.copies }, () => () => start(() => deliver(receiver, event, payload))),
      );
      if (!settings.reversed) {
        for (const send of sends) send();
        return;
      }
      if (held.length === 0) {
        start(async () => {
          await wait(HOLD_FOR, closing.signal);
          for (const send of held.splice(0).reverse()) send();
        });
      }
      held = [...held, ...sends];
    },
    configure(changes) {
      settings = { ...settings, ...changes };
    },
    settings: () => settings,
    entries: () => log,
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    close: () => closing.abort(),
  };
}

/** False when it was cut short. Does not hold the process open. */
function wait(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return setTimeout(milliseconds, true, { ref: false, signal }).catch(() => false);
}
