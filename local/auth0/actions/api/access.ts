import type { PostLoginAPI } from "@auth0/actions/post-login/v3";
import type { PostLoginContext } from "./context.ts";

export class AccessApi {
  readonly #context: PostLoginContext;

  constructor(context: PostLoginContext) {
    this.#context = context;
  }

  deny(reason: string): PostLoginAPI {
    this.#context.effects.push({ type: "deny", reason });
    return this.#context.getApi();
  }
}
