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
  const context: RegistrationApiContext = { effects, getApi: () => api, transaction };
  const api: PreUserRegistrationAPI = {
    access: new AccessApi(context),
    cache: new CacheApi(transaction.cache, settings, now),
    user: new UserApi(context),
    validation: new ValidationApi(context),
  };
  return { api, effects };
}

interface RegistrationApiContext {
  readonly effects: PreUserRegistrationEffect[];
  readonly getApi: () => PreUserRegistrationAPI;
  readonly transaction: PreUserRegistrationTransaction;
}

class AccessApi {
  readonly #context: RegistrationApiContext;

  constructor(context: RegistrationApiContext) {
    this.#context = context;
  }

  /** A reason alone is what the person is told: so it was where staff of Auth0 were asked about it (KB-89653). */
  deny(reason: string, userMessage = reason): PreUserRegistrationAPI {
    this.#context.effects.push({ type: "deny", reason: String(reason), userMessage: String(userMessage) });
    return this.#context.getApi();
  }
}

class UserApi {
  readonly #context: RegistrationApiContext;

  constructor(context: RegistrationApiContext) {
    this.#context = context;
  }

  setAppMetadata(key: string, value: unknown): PreUserRegistrationAPI {
    return this.#set("set-app-metadata", this.#context.transaction.appMetadata, key, value);
  }

  setUserMetadata(key: string, value: unknown): PreUserRegistrationAPI {
    return this.#set("set-user-metadata", this.#context.transaction.userMetadata, key, value);
  }

  #set(
    type: "set-app-metadata" | "set-user-metadata",
    changes: Map<string, unknown>,
    key: string,
    value: unknown,
  ): PreUserRegistrationAPI {
    const json = toJson(value);
    changes.set(key, json);
    this.#context.effects.push({ type, key, value: json });
    return this.#context.getApi();
  }
}

class ValidationApi {
  readonly #context: RegistrationApiContext;

  constructor(context: RegistrationApiContext) {
    this.#context = context;
  }

  error(code: string, message: string): PreUserRegistrationAPI {
    checkInput(INPUT, { errorCode: code, errorMessage: message }, "Failed to add validation error");
    this.#context.effects.push({ type: "validation-error", code, message });
    return this.#context.getApi();
  }
}
