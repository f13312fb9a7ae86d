import type { Event, PostLoginAPI } from "@auth0/actions/post-login/v3";
import { createAccess } from "./access.ts";
import { createAccessToken } from "./access-token.ts";
import { createAuthentication } from "./authentication.ts";
import { createCache } from "./cache.ts";
import { createClaims } from "./claims.ts";
import type { PostLoginContext } from "./context.ts";
import { createGroups, createRoles, type Directory, emptyDirectory } from "./directory.ts";
import type { PostLoginEffect } from "./effects.ts";
import { createMultifactor } from "./multifactor.ts";
import { createPrompt } from "./prompt.ts";
import { createRedirect } from "./redirect.ts";
import { createRefreshToken } from "./refresh-token.ts";
import { createSamlResponse } from "./saml-response.ts";
import { createSession } from "./session.ts";
import { type ApiSettings, defaultApiSettings } from "./settings.ts";
import type { PostLoginTransaction } from "./transaction.ts";
import { createTransactionMethods } from "./transaction-methods.ts";
import { createUser } from "./user.ts";
import { createValidation } from "./validation.ts";

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
  const settings = { ...defaultApiSettings, ...options.settings };
  const effects: PostLoginEffect[] = [];
  const context: PostLoginContext = { ...options, effects, getApi: () => api, isContinuing, now, settings };
  const api: PostLoginAPI = {
    access: createAccess(context),
    accessToken: createAccessToken(context),
    authentication: createAuthentication(context),
    cache: createCache(options.transaction.cache, settings, now),
    groups: createGroups(context, directory),
    idToken: createClaims(context, "idToken"),
    multifactor: createMultifactor(context),
    prompt: createPrompt(context),
    redirect: createRedirect(context),
    refreshToken: createRefreshToken(context),
    roles: createRoles(context, directory),
    rules: { wasExecuted: (ruleId) => executedRules.includes(ruleId) },
    samlResponse: createSamlResponse(context),
    session: createSession(context),
    transaction: createTransactionMethods(context),
    user: createUser(context),
    validation: createValidation(context),
  };
  return { api, effects };
};
