import type { PostLoginAPI } from "@auth0/actions/post-login/v3";
import type { PostLoginContext } from "./context.ts";
import { toJson } from "./to-json.ts";

export const createMultifactor = ({ effects, getApi }: PostLoginContext): PostLoginAPI["multifactor"] => ({
  enable(provider, options) {
    const { allowRememberBrowser, providerOptions } = options ?? {};
    const type = "enable-multifactor";
    effects.push({ type, provider, allowRememberBrowser, providerOptions: toJson(providerOptions) });
    return getApi();
  },
});
