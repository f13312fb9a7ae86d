import type { Collection } from "../state/journal.ts";
import { StripeFailure } from "./errors.ts";
import { createId } from "./ids.ts";

/** What a restricted key may do, e.g. `rak_customer_write`. Writing implies reading (Stripe docs, "Restricted API keys"). */
export type Permission = `rak_${string}_${"read" | "write"}`;

export interface ApiKey {
  /** `sk_test_…` may do everything, `rk_test_…` what its permissions say. */
  readonly secret: string;
  readonly permissions?: readonly Permission[];
  readonly expired?: boolean;
}

export interface ApiKeys {
  add(key: ApiKey): ApiKey;
  /** Makes a restricted key. */
  create(permissions: readonly Permission[]): ApiKey;
  /** Makes every later request with it a 401. */
  revoke(secret: string): void;
  all(): readonly ApiKey[];
  /** The key of a request; throws the 401 (or 403 for a publishable one) that Stripe answers. */
  check(authorization: string | undefined): ApiKey;
}

export function createApiKeys(keys: Collection<ApiKey>): ApiKeys {
  const add = (key: ApiKey): ApiKey => {
    if (!/^[rs]k_test_\w+$/.test(key.secret)) {
      throw new TypeError("An API key of the local Stripe starts with sk_test_ or rk_test_.");
    }
    return keys.set(key.secret, key);
  };
  return {
    add,
    create: (permissions) => add({ secret: createId("rk_test", 32), permissions }),
    revoke: (secret) => void keys.delete(secret),
    all: () => keys.values(),
    check(authorization) {
      const secret = readSecret(authorization);
      if (secret === undefined) {
        throw unauthorized(
          "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/.",
        );
      }
      if (secret.startsWith("pk_")) {
        throw new StripeFailure(403, {
          type: "invalid_request_error",
          code: "secret_key_required",
          message:
            "This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.",
        });
      }
      const key = keys.get(secret);
      if (key === undefined) throw unauthorized(`Invalid API Key provided: ${mask(secret)}`);
      if (key.expired) throw unauthorized(`Expired API Key provided: ${mask(secret)}`, "api_key_expired");
      return key;
    },
  };
}

/** Before any parameter is looked at: a 403 that names the permission which is missing. */
export function checkPermission(key: ApiKey, permission: Permission, accountId: string): void {
  if (!key.secret.startsWith("rk_")) return;
  const granted = key.permissions ?? [];
  if (granted.includes(permission)) return;
  if (granted.includes(permission.replace(/_read$/, "_write") as Permission)) return;
  throw new StripeFailure(403, {
    type: "invalid_request_error",
    message: `The provided key '${mask(key.secret)}' does not have the required permissions for this endpoint on account '${accountId}'. Having the '${permission}' permission would allow this request to continue.`,
  });
}

function unauthorized(message: string, code?: string): StripeFailure {
  return new StripeFailure(401, {
    type: "invalid_request_error",
    message,
    ...(code !== undefined && { code }),
  });
}

/** Bearer, or Basic with the key as user name, as curl's -u sends it. */
function readSecret(authorization: string | undefined): string | undefined {
  const [, scheme = "", credentials = ""] = /^(\w+) +(\S+) *$/.exec(authorization ?? "") ?? [];
  if (/^bearer$/i.test(scheme)) return credentials;
  if (!/^basic$/i.test(scheme)) return undefined;
  const [user] = Buffer.from(credentials, "base64").toString().split(":");
  return user === "" ? undefined : user;
}

/** As Stripe does: prefix and last four characters stay readable. That is why its messages do not belong in a log. */
function mask(secret: string): string {
  const prefix = /^[a-z]+_(test|live)_/.exec(secret)?.[0] ?? "";
  const rest = secret.slice(prefix.length);
  return `${prefix}${"*".repeat(Math.max(rest.length - 4, 0))}${rest.slice(-4)}`;
}
