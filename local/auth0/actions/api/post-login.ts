import type { Event, PostLoginAPI } from "@auth0/actions/post-login/v3";
import { AccessApi } from "./access.ts";
import { AccessTokenApi } from "./access-token.ts";
import { AuthenticationApi } from "./authentication.ts";
import { CacheApi } from "./cache.ts";
import { ClaimsApi } from "./claims.ts";
import type { PostLoginContext } from "./context.ts";
import { type Directory, emptyDirectory, GroupsApi, RolesApi } from "./directory.ts";
import type { PostLoginEffect } from "./effects.ts";
import { LoginRedirectApi } from "./login-redirect.ts";
import { MultifactorApi } from "./multifactor.ts";
import { PromptApi } from "./prompt.ts";
import { RefreshTokenApi } from "./refresh-token.ts";
import { RulesApi } from "./rules.ts";
import { createSamlResponse } from "./saml-response.ts";
import { SessionApi } from "./session.ts";
import { type ApiSettings, DEFAULT_API_SETTINGS } from "./settings.ts";
import type { PostLoginTransaction } from "./transaction.ts";
import { TransactionApi } from "./transaction-methods.ts";
import { UserApi } from "./user.ts";
import { ValidationApi } from "./validation.ts";

export interface PostLoginApiOptions {
  /** What this Action reads. Its own copy: some methods change it. */
  event: Event;
  /** Shared by the Actions of one run; changed in place. */
  transaction: PostLoginTransaction;
  /** Whether the handler is `onContinuePostLogin`. */
  isContinuing?: boolean;
  settings?: Partial<ApiSettings>;
  directory?: Directory;
  /** Ids of the Rules that ran before. */
  executedRules?: readonly string[];
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/** The `api` argument of one Action in a post-login flow, and what the Action asked for so far, in order. */
export const createPostLoginApi = (options: PostLoginApiOptions): { api: PostLoginAPI; effects: PostLoginEffect[] } => {
  const { directory = emptyDirectory, executedRules = [], isContinuing = false, now = Date.now } = options;
  const settings = { ...DEFAULT_API_SETTINGS, ...options.settings };
  const effects: PostLoginEffect[] = [];
  const context: PostLoginContext = { ...options, effects, getApi: () => api, isContinuing, now, settings };
  const api: PostLoginAPI = {
    access: new AccessApi(context),
    accessToken: new AccessTokenApi(context),
    authentication: new AuthenticationApi(context),
    cache: new CacheApi(options.transaction.cache, settings, now),
    groups: new GroupsApi(context, directory),
    idToken: new ClaimsApi(context, "idToken"),
    multifactor: new MultifactorApi(context),
    prompt: new PromptApi(context),
    redirect: new LoginRedirectApi(context),
    refreshToken: new RefreshTokenApi(context),
    roles: new RolesApi(context, directory),
    rules: new RulesApi(executedRules),
    samlResponse: createSamlResponse(context),
    session: new SessionApi(context),
    transaction: new TransactionApi(context),
    user: new UserApi(context),
    validation: new ValidationApi(context),
  };
  return { api, effects };
};
