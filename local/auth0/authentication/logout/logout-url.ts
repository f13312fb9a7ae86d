/**
 * Whether a browser may be sent to `url` after a log-out. Scheme, host and path as listed, in that case; query and fragment
 * are the caller's (Auth0 docs, "Redirect Users after Logout").
 */
export function isAllowedLogoutUrl(url: string, allowed: readonly string[]): boolean {
  const bare = withoutQuery(url);
  return URL.canParse(url) && allowed.some((listed) => withoutQuery(listed) === bare);
}

const withoutQuery = (url: string): string => url.replace(/[?#].*$/s, "");
