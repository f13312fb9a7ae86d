import type { Client } from "../../state/resources.ts";
import { isListedUrl } from "../response/redirect-uri.ts";

/**
 * Whether a browser may be sent to `url` after a log-out. Scheme, host and path as listed, in that case; query and fragment
 * are the caller's (Auth0 docs, "Redirect Users after Logout").
 *
 * @param client whose list it is; undefined: the tenant's
 */
export function isAllowedLogoutUrl(url: string, allowed: readonly string[], client: Client | undefined): boolean {
  return URL.canParse(url) && isListedUrl(withoutQuery(url), client ?? {}, allowed.map(withoutQuery));
}

const withoutQuery = (url: string): string => url.replace(/[?#].*$/s, "");
