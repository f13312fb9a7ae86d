import type { Event } from "@auth0/actions/post-login/v3";
import { isCreatedSince, isRefreshExchange } from "../shared/login.ts";
import { isEmailTrusted } from "../shared/trusted-email.ts";
import { readSince, type Secrets } from "./settings.ts";

/**
 * Whether this login has to wait for a verified email. `email_verified` is typed as required but depends on the connection:
 * only a literal `true` counts. Settings are read last: one that is wrong must not lock out those it does not concern.
 *
 * @throws {ActionError} `bad_setting`
 */
export const mustVerify = (event: Event & { readonly secrets: Secrets }): boolean =>
  !isRefreshExchange(event) &&
  Boolean(event.user.email) &&
  !isEmailTrusted(event) &&
  isCreatedSince(event, readSince(event.secrets));
