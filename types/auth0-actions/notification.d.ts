/** What the triggers that deliver mails and messages have in common. Source: Auth0 docs, "Custom Email Provider", "Custom Phone Provider". */
import type { CacheAPI } from "./cache.d.ts";

/** Of several calls the last counts. A reason is cut at 1,024 characters. Neither call: delivered. */
interface NotificationAPI {
  /** Not delivered, and not tried again. */
  drop(reason: string): void;
  /** Not delivered yet: tried again, up to five times in the minutes that follow. */
  retry(reason: string): void;
}

export interface DeliveryAPI {
  readonly cache: CacheAPI;
  readonly notification: NotificationAPI;
}

export interface DeliveryTenant {
  id: string;
  friendly_name?: string;
  home_url?: string;
  logo_url?: string;
  support_email?: string;
  support_url?: string;
}
