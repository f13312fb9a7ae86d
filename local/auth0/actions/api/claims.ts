import type { PostLoginAPI } from "@auth0/actions/post-login/v3";
import type { PostLoginContext } from "./context.ts";
import type { TokenName } from "./effects.ts";
import { toJson } from "./to-json.ts";

/** Same name: the last call wins. Every other restricted name is accepted here and dropped when the token is issued. */
export class ClaimsApi {
  readonly #context: PostLoginContext;
  readonly #token: TokenName;

  constructor(context: PostLoginContext, token: TokenName) {
    this.#context = context;
    this.#token = token;
  }

  setCustomClaim(name: string, value: unknown): PostLoginAPI {
    if (name === "scope") throw new Error('The "scope" claim cannot be set.');
    const json = toJson(value);
    const { effects, getApi, transaction } = this.#context;
    transaction.claims[this.#token].set(name, json);
    effects.push({ type: "set-claim", token: this.#token, name, value: json });
    return getApi();
  }
}
