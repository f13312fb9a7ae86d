import type { PostLoginAPI } from "@auth0/actions/post-login/v3";
import type { PostLoginContext } from "./context.ts";
import { toJson } from "./to-json.ts";

export class MultifactorApi {
  readonly #context: PostLoginContext;

  constructor(context: PostLoginContext) {
    this.#context = context;
  }

  enable(...[provider, options]: Parameters<PostLoginAPI["multifactor"]["enable"]>): PostLoginAPI {
    const { allowRememberBrowser, providerOptions } = options ?? {};
    const type = "enable-multifactor";
    this.#context.effects.push({ type, provider, allowRememberBrowser, providerOptions: toJson(providerOptions) });
    return this.#context.getApi();
  }
}
