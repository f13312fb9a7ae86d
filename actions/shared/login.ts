import type { Event } from "@auth0/actions/post-login/v3";

/**
 * A token is renewed; nobody is there. What a login had to decide was decided at the login, but claims and scopes must
 * be set again: Auth0 remembers none of them.
 */
export const isRefreshExchange = (event: Event): boolean => event.transaction?.protocol === "oauth2-refresh-token";

/**
 * Whether the user was created at or after `since` (milliseconds since the epoch). A date of creation that cannot be
 * read counts as new: a rule for new users must not be left out because of it.
 */
export const isCreatedSince = (event: Event, since: number): boolean => !(Date.parse(event.user.created_at) < since);
