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
};

export interface ContextChange {
  /** In place of the sound ones of that name, in every Action that has it. */
  readonly settings?: Readonly<Record<string, string>>;
  /** By Action, which may be one that is not there without them. */
  readonly added?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly domain?: string;
  readonly environment?: Environment;
  readonly allowSecretKey?: boolean;
  readonly skipStripeCheck?: boolean;
}

/** The local tenant, which is asked no questions about Stripe, unless the change says otherwise. */
export function makeContext({ settings = {}, added = {}, ...change }: ContextChange = {}): CheckContext {
  const names = [...new Set([...Object.keys(SOUND), ...Object.keys(added)])];
  return {
    document: {
      actions: names.map((name) => ({
        name,
        code: "",
        supported_triggers: [],
        secrets: Object.entries({ ...SOUND[name], ...added[name] }).map(([key, value]) => ({
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
