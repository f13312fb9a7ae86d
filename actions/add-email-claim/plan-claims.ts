import type { Event } from "@auth0/actions/post-login/v3";
import type { ClaimNamespace } from "../shared/claim-namespace.ts";
import { findOrganizationCustomer } from "../shared/payer.ts";

/**
 * Auth0's own APIs (Management, MFA, userinfo) are not a place for custom claims.
 *
 * @param audience a URL or any other name
 */
function isAuth0Api(audience: string, event: Event): boolean {
  if (!URL.canParse(audience)) return false;
  const { hostname } = new URL(audience);
  return [event.request.hostname, event.custom_domain?.domain].includes(hostname) || hostname.endsWith(".auth0.com");
}

/**
 * Claims for the access token, named after its audience: the prefix keeps them from being dropped as restricted or profile
 * claims. An audience without a slash at the end gets none, unless it has a namespace of its own: `https://api.example.com` +
 * `email` is another host.
 */
export function planClaims(event: Event, namespace: ClaimNamespace | undefined): Record<string, unknown> {
  const audience = event.resource_server?.identifier;
  const { app_metadata, email, email_verified, user_id } = event.user;
  if (audience === undefined || isAuth0Api(audience, event) || !email) return {};
  const prefix = audience === namespace?.audience ? namespace.prefix : audience;
  if (!prefix.endsWith("/")) return {};
  // A custom database may return anything for metadata, null included.
  const { stripe_customer_id, stripe_customer_linked_to }: Readonly<Record<string, unknown>> = app_metadata ?? {};
  const isOwn = stripe_customer_linked_to === undefined || stripe_customer_linked_to === user_id;
  const own = isOwn && typeof stripe_customer_id === "string" ? stripe_customer_id : undefined;
  const customer = findOrganizationCustomer(event) ?? own;
  return {
    [`${prefix}email`]: email,
    [`${prefix}email_verified`]: email_verified === true,
    ...(customer !== undefined && { [`${prefix}stripe_customer_id`]: customer }),
  };
}
