import type { Event, PreUserRegistrationAPI } from "@auth0/actions/pre-user-registration/v2";
import { CacheApi, type CacheRecord } from "./cache.ts";
import { checkInput, type Shape } from "./check-input.ts";
import type { ApiSettings } from "./settings.ts";
import { toJson } from "./to-json.ts";

/** What one Action asked for, in its order: plain data, fit for structured cloning. */
export type PreUserRegistrationEffect =
  | { type: "deny"; reason: string; userMessage: string }
  | { type: "validation-error"; code: string; message: string }
  | { type: "set-app-metadata" | "set-user-metadata"; key: string; value: unknown };

/** What the Actions of one run have asked for so far; null removes. */
export interface PreUserRegistrationTransaction {
  readonly appMetadata: Map<string, unknown>;
  readonly userMetadata: Map<string, unknown>;
  readonly cache: Map<string, CacheRecord>;
}

interface ApiOptions {
  readonly event: Event;
  readonly transaction: PreUserRegistrationTransaction;
  readonly settings: ApiSettings;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const INPUT: Shape = {
  type: "object",
  required: ["errorCode", "errorMessage"],
  properties: { errorCode: { type: "string", maxLength: 100 }, errorMessage: { type: "string", maxLength: 100 } },
};

/** The `api` argument of one Action before a registration. It checks next to nothing: so does the code that Auth0 publishes. */
export function createPreUserRegistrationApi({ transaction, settings, now }: ApiOptions): {
  readonly api: PreUserRegistrationAPI;
  readonly effects: PreUserRegistrationEffect[];
} {
  const effects: PreUserRegistrationEffect[] = [];
  const ask = (effect: PreUserRegistrationEffect): PreUserRegistrationAPI => {
    effects.push(effect);
    return api;
  };
  const setIn =
    (changes: Map<string, unknown>, type: "set-app-metadata" | "set-user-metadata") =>
    (key: string, value: unknown): PreUserRegistrationAPI => {
      const json = toJson(value);
      changes.set(key, json);
      return ask({ type, key, value: json });
    };
  const api: PreUserRegistrationAPI = {
    access: {
      deny: (reason, userMessage) => ask({ type: "deny", reason: String(reason), userMessage: String(userMessage) }),
    },
    cache: new CacheApi(transaction.cache, settings, now),
    user: {
      setAppMetadata: setIn(transaction.appMetadata, "set-app-metadata"),
      setUserMetadata: setIn(transaction.userMetadata, "set-user-metadata"),
    },
    validation: {
      error(code, message) {
        checkValidationError({ errorCode: code, errorMessage: message });
        return ask({ type: "validation-error", code, message });
      },
    },
  };
  return { api, effects };
}

function checkValidationError(input: object): void {
  try {
    checkInput(INPUT, input);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Failed to add validation error: ${reason}`, { cause });
  }
}
