import type { Event, PostLoginAPI } from "@auth0/actions/post-login/v3";
import type { PostLoginContext } from "./context.ts";
import { TargetScopesApi } from "./target-scopes.ts";

const MAX_KEY_CHARACTERS = 64;
const MAX_VALUE_BYTES = 8 * 1024;
const MAX_TOTAL_BYTES = 16 * 1024;

/** Limits: Auth0 docs, "Actions limitations"; they do not quote the messages. */
function checkEntry(key: unknown, value: unknown) {
  if (typeof key !== "string" || key.length === 0) throw new Error("The metadata key must be a non-empty string.");
  if (key.length > MAX_KEY_CHARACTERS) {
    throw new Error(`The metadata key exceeds the allowed maximum of ${MAX_KEY_CHARACTERS} characters.`);
  }
  if (value === null) return;
  if (!["string", "number", "boolean"].includes(typeof value)) {
    throw new Error("The metadata value must be a string, a number or a boolean.");
  }
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    throw new Error("The metadata value must be a safe integer.");
  }
  if (Buffer.byteLength(String(value)) > MAX_VALUE_BYTES) {
    throw new Error(`The metadata value exceeds the allowed maximum of ${MAX_VALUE_BYTES} bytes.`);
  }
}

function getTransaction(event: Event) {
  event.transaction ??= { metadata: {} };
  return event.transaction;
}

/** Everything here is live on the event at once, for this Action and for later ones. */
export class TransactionApi extends TargetScopesApi {
  readonly #context: PostLoginContext;

  constructor(context: PostLoginContext) {
    const { effects, event, settings, transaction } = context;
    super({
      isAvailable: settings.targetScopes,
      read: () => transaction.targetScopes,
      write: (scopes) => {
        transaction.targetScopes = scopes;
        getTransaction(event).target_scopes = [...scopes];
        effects.push({ type: "set-target-scopes", scopes: [...scopes] });
      },
    });
    this.#context = context;
  }

  setMetadata(...[key, value]: Parameters<PostLoginAPI["transaction"]["setMetadata"]>): void {
    checkEntry(key, value);
    const { effects, event, transaction } = this.#context;
    const metadata = new Map(transaction.metadata);
    if (value === null) metadata.delete(key);
    else metadata.set(key, value);
    const bytes = Buffer.byteLength([...metadata].flat().join(""));
    if (bytes > MAX_TOTAL_BYTES) {
      throw new Error(`The total size of the metadata exceeds the limit of ${MAX_TOTAL_BYTES} bytes.`);
    }
    transaction.metadata = metadata;
    getTransaction(event).metadata = Object.fromEntries(metadata);
    effects.push({ type: "set-transaction-metadata", key, value });
  }
}
