/** Without the query: it may carry a session token. */
export function renderRedirect({ type, url }: { readonly type: string; readonly url: string }): string {
  const { origin, pathname } = new URL(url);
  return `${type} ${origin}${pathname}`;
}
