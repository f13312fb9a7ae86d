import type { CheckContext } from "../../../../scripts/deploy/checks/context.ts";
import type { Environment } from "../../../../scripts/tenant/read-environment.ts";

/** Settings that nothing is wrong with, by Action; a change replaces single ones. */
const SOUND: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "require-verified-email": {
    VERIFY_EMAIL_SINCE: "2026-01-01",
    VERIFY_EMAIL_URL: "https://app.example/verify",
    SESSION_TOKEN_SECRET: "0123456789abcdef0123456789abcdef",
  },
  "sync-stripe-customer": { STRIPE_SECRET_KEY: "rk_test_sound", STRIPE_SYNC_SINCE: "2026-01-01" },
  "filter-scopes": { API_IDENTIFIER: "https://api.example/" },
  "require-subscription": { API_IDENTIFIER: "https://api.example/", STRIPE_SECRET_KEY: "rk_test_sound" },
};

export interface ContextChange {
  /** In place of the sound ones of that name, in every Action that has it. */
  readonly settings?: Readonly<Record<string, string>>;
  /** By Action: settings that it does not have to have. */
  readonly added?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly domain?: string;
  readonly environment?: Environment;
  readonly allowSecretKey?: boolean;
  readonly skipStripeCheck?: boolean;
}

/** The local tenant, which is asked no questions about Stripe, unless the change says otherwise. */
export function makeContext({ settings = {}, added = {}, ...change }: ContextChange = {}): CheckContext {
  return {
    document: {
      actions: Object.entries(SOUND).map(([name, own]) => ({
        name,
        code: "",
        supported_triggers: [],
        secrets: Object.entries({ ...own, ...added[name] }).map(([key, value]) => ({
          name: key,
          value: settings[key] ?? value,
        })),
      })),
    },
    domain: "localhost:4433",
    environment: {},
    allowSecretKey: false,
    skipStripeCheck: false,
    ...change,
  };
}
