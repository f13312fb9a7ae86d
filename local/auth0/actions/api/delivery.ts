import type { DeliveryAPI } from "../../../../types/auth0-actions/notification.d.ts";
import { CacheApi } from "./cache.ts";
import type { CacheOnlyTransaction } from "./cache-only.ts";
import type { ApiSettings } from "./settings.ts";

/** What became of a message, as its Action says: plain data, fit for structured cloning. */
export interface DeliveryEffect {
  readonly type: "drop" | "retry";
  readonly reason: string;
}

/** Of several calls the last counts; without any the message is delivered. */
export interface DeliveryTransaction extends CacheOnlyTransaction {
  asked?: DeliveryEffect;
}

interface ApiOptions {
  readonly transaction: DeliveryTransaction;
  readonly settings: ApiSettings;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Auth0 docs, "Custom Email Provider": characters of a reason that are kept. */
const LONGEST_REASON = 1024;

/** The `api` argument of an Action that delivers messages. */
export function createDeliveryApi({ transaction, settings, now }: ApiOptions): {
  readonly api: DeliveryAPI;
  readonly effects: DeliveryEffect[];
} {
  const effects: DeliveryEffect[] = [];
  const ask = (type: DeliveryEffect["type"], reason: unknown): void => {
    const effect = { type, reason: String(reason).slice(0, LONGEST_REASON) };
    transaction.asked = effect;
    effects.push(effect);
  };
  return {
    api: { cache: new CacheApi(transaction.cache, settings, now), notification: new NotificationApi(ask) },
    effects,
  };
}

class NotificationApi {
  readonly #ask: (type: DeliveryEffect["type"], reason: unknown) => void;

  constructor(ask: (type: DeliveryEffect["type"], reason: unknown) => void) {
    this.#ask = ask;
  }

  drop(reason: string): void {
    this.#ask("drop", reason);
  }

  retry(reason: string): void {
    this.#ask("retry", reason);
  }
}
