import type { PostLoginAPI } from "@auth0/actions/post-login/v3";
import type { PostLoginContext } from "./context.ts";
import type { TokenName } from "./effects.ts";
import { toJson } from "./to-json.ts";

/** Same name: the last call wins. Every other restricted name is accepted here and dropped when the token is issued. */
export const createClaims = (
  { effects, getApi, transaction }: PostLoginContext,
  token: TokenName,
): PostLoginAPI["idToken"] => ({
  setCustomClaim(name, value) {
    if (name === "scope") throw new Error('The "scope" claim cannot be set.');
    const json = toJson(value);
    transaction.claims[token].set(name, json);
    effects.push({ type: "set-claim", token, name, value: json });
    return getApi();
  },
});
