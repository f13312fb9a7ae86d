import type { PostLoginAPI } from "@auth0/actions/post-login/v3";
import type { PostLoginContext } from "./context.ts";
import { toJson } from "./to-json.ts";

const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);

/** Auth0 docs, "Metadata field names and data types". */
const FORBIDDEN_APP_METADATA = new Set(
  `__tenant _id blocked clientID created_at email_verified email globalClientID global_client_id identities lastIP lastLogin
   loginsCount metadata multifactor_last_modified multifactor updated_at user_id`.split(/\s+/),
);

const isForbiddenKey = (name: "appMetadata" | "userMetadata", key: string) =>
  /[.$]/.test(key) || (name === "appMetadata" && FORBIDDEN_APP_METADATA.has(key));

/** Writes are queued: this Action's event does not show them, the next Action's does (see `nextEvent`). */
export class UserApi {
  readonly #context: PostLoginContext;

  constructor(context: PostLoginContext) {
    this.#context = context;
  }

  setAppMetadata(key: string, value: unknown): PostLoginAPI {
    const { effects, event, getApi } = this.#context;
    // A custom database may return anything. The two messages differ in the full stop.
    if (!isObject(event.user.app_metadata)) {
      throw new Error("Unexpected app_metadata format. Must be a valid JSON object");
    }
    effects.push({ type: "set-app-metadata", key, value: this.#queue("appMetadata", key, value) });
    return getApi();
  }

  setUserMetadata(key: string, value: unknown): PostLoginAPI {
    const { effects, event, getApi } = this.#context;
    if (!isObject(event.user.user_metadata)) {
      throw new Error("Unexpected user_metadata format. Must be a valid JSON object.");
    }
    effects.push({ type: "set-user-metadata", key, value: this.#queue("userMetadata", key, value) });
    return getApi();
  }

  #queue(name: "appMetadata" | "userMetadata", key: string, value: unknown): unknown {
    const { effects, settings, transaction } = this.#context;
    const json = toJson(value);
    if (isForbiddenKey(name, key)) {
      const message = `The metadata key ${JSON.stringify(key)} is not allowed.`;
      if (settings.forbiddenMetadataKey === "fails") effects.push({ type: "abort", message });
      return json;
    }
    const isDiscarded = name === "userMetadata" || settings.primaryUserDiscards === "all-metadata";
    if (isDiscarded && effects.some(({ type }) => type === "set-primary-user")) return json;
    // Auth0 support: undefined takes back a write that an earlier Action asked for.
    if (json === undefined) transaction[name].delete(key);
    else transaction[name].set(key, json);
    return json;
  }
}
