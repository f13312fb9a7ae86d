import type { Client } from "../../state/resources.ts";

/** In place of a URL's subdomain: the organization that a request names (Auth0 docs, "Subdomain URL Placeholders"). */
const PLACEHOLDER = "://{organization_name}.";

/**
 * Whether a client may be called back at `uri`. Compared letter by letter (RFC 9700 §4.1.3): no other query, no other
 * case, no fragment. What stands for more than itself: see isListedUrl.
 *
 * @param organization name of the one that the request is for
 */
export function isRegisteredCallback(uri: string, client: Client, organization?: string): boolean {
  return !uri.includes("#") && isListedUrl(uri, client, client.callbacks ?? [], organization);
}

/**
 * Whether a list of a client's has a URL or an origin. One `*` in the leftmost label of its host stands for letters, digits and
 * hyphens, never for a dot, and for nothing where the client is a third party's; `{organization_name}` stands for the name of the
 * organization where the client is for those.
 */
export function isListedUrl(
  url: string,
  { is_first_party, organization_usage: usage }: Pick<Client, "is_first_party" | "organization_usage">,
  listed: readonly string[],
  organization?: string,
): boolean {
  const isForOrganizations = organization !== undefined && (usage === "allow" || usage === "require");
  return listed.some(
    (pattern) =>
      url === pattern ||
      (is_first_party !== false && matchesWildcard(url, pattern)) ||
      (isForOrganizations &&
        pattern.includes(PLACEHOLDER) &&
        url === pattern.replace(PLACEHOLDER, `://${organization}.`)),
  );
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
