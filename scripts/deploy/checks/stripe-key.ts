import { ACTION_PERMISSIONS, renderKeyLink } from "../../stripe/restricted-keys.ts";
import { isDevelopment } from "../confirm.ts";
import { type CheckContext, findSettings } from "./context.ts";
import { error, type Finding, warning } from "./finding.ts";

const ACTION = "sync-stripe-customer";

/** Stripe docs, "API keys"; `rkcs_` are the restricted keys of claimable sandboxes. */
const KEY = /^(sk|rk|rkcs)_(test|live)_\w+$/;

/** The dashboard's form for the key that the Actions share, with its permissions chosen. */
export const CREATE_KEY_URL = renderKeyLink({ name: "Auth0 Actions", permissions: ACTION_PERMISSIONS });

export interface StripeKey {
  readonly secret: string;
  readonly isRestricted: boolean;
  readonly isLive: boolean;
}

/** The key that the Action is to get; undefined without the Action, or for what is not a key that could work. */
export function findStripeKey(context: CheckContext): StripeKey | undefined {
  const secret = findSettings(context, ACTION)?.STRIPE_SECRET_KEY?.trim() ?? "";
  const [, kind, mode] = KEY.exec(secret) ?? [];
  return kind === undefined ? undefined : { secret, isRestricted: kind !== "sk", isLive: mode === "live" };
}

/** What can be seen in the key itself: its kind, and whose money it moves. */
export function checkStripeKey(context: CheckContext): readonly Finding[] {
  // A missing one is the Action's own reader's to name.
  if (!findSettings(context, ACTION)?.STRIPE_SECRET_KEY?.trim()) return [];
  const key = findStripeKey(context);
  if (key === undefined) {
    return [
      error(
        "STRIPE_KEY_MALFORMED",
        `STRIPE_SECRET_KEY is not an API key that ${ACTION} can use: it must start with rk_test_ or rk_live_. Make one: ${CREATE_KEY_URL}`,
      ),
    ];
  }
  return [...checkKind(key, context), ...checkMode(key, context)];
}

function checkKind({ isRestricted }: StripeKey, { allowSecretKey }: CheckContext): readonly Finding[] {
  if (isRestricted) return [];
  if (allowSecretKey) {
    return [warning("STRIPE_KEY_SECRET", "STRIPE_SECRET_KEY is a secret key: whoever gets it may do everything.")];
  }
  return [
    error(
      "STRIPE_KEY_SECRET",
      `STRIPE_SECRET_KEY is a secret key, which may do everything. Make a restricted one: ${CREATE_KEY_URL} (or say --allow-secret-key).`,
    ),
  ];
}

function checkMode({ isLive }: StripeKey, { domain, environment }: CheckContext): readonly Finding[] {
  if (isLive && isDevelopment(domain, environment)) {
    return [
      error(
        "STRIPE_KEY_LIVE",
        `STRIPE_SECRET_KEY is a live key, and ${domain} is a development tenant: test users would become customers. Use a test key.`,
      ),
    ];
  }
  if (!isLive && environment.TENANT_STAGE === "production") {
    return [
      error(
        "STRIPE_KEY_TEST",
        `STRIPE_SECRET_KEY is a test key, and ${domain} is marked as production: its users would become nobody's customers. Use a live key.`,
      ),
    ];
  }
  return [];
}
