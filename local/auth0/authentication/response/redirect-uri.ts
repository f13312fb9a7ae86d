/**
 * Whether a client may be called back at `uri`. Compared letter by letter (RFC 9700 §4.1.3): no other query, no other
 * case, no fragment. A registered URL may hold one `*` in the leftmost label of its host, which stands for letters,
 * digits and hyphens, never for a dot (Auth0 docs: "Subdomain URL Placeholders").
 */
export function isRegisteredCallback(uri: string, registered: readonly string[]): boolean {
  return !uri.includes("#") && registered.some((pattern) => uri === pattern || matchesWildcard(uri, pattern));
}

const WILDCARD_HOST = /^[a-z][a-z0-9+.-]*:\/\/[a-z0-9-]*\*[a-z0-9-]*\.[^*/?#@.]+\.[^*/?#@]+(?:[/?][^*]*)?$/i;

function matchesWildcard(uri: string, pattern: string): boolean {
  if (!WILDCARD_HOST.test(pattern)) return false;
  const [before = "", after = ""] = pattern.split("*");
  return (
    uri.startsWith(before) &&
    uri.endsWith(after) &&
    /^[a-z0-9-]+$/i.test(uri.slice(before.length, uri.length - after.length))
  );
}
