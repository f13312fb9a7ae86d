import type { PostLoginAPI } from "@auth0/actions/post-login/v3";
import type { PostLoginContext } from "./context.ts";
import { RedirectApi } from "./redirect.ts";

const PROTOCOLS_WITHOUT_REDIRECT = new Set<unknown>([
  "oauth2-resource-owner",
  "oauth2-refresh-token",
  "oauth2-password",
  "oauth2-webauthn",
]);

/** A login can also be one that no browser takes part in. */
export class LoginRedirectApi extends RedirectApi<PostLoginAPI> {
  readonly #context: PostLoginContext;

  constructor(context: PostLoginContext) {
    super(context);
    this.#context = context;
  }

  canRedirect(): boolean {
    const { request, transaction } = this.#context.event;
    return request.query.prompt !== "none" && !PROTOCOLS_WITHOUT_REDIRECT.has(transaction?.protocol);
  }
}
