import type { Profile } from "../../actions/shared/trusted-email.ts";
import type { PortalUser } from "../../gateways/billing-portal/users.ts";
import { isMapping } from "../tenant/shape.ts";

/** What the rules read of a user; an export must have them by these names. */
export const FIELDS = ["user_id", "email", "email_verified", "identities", "app_metadata", "blocked"];

/** A user of an export; undefined for what is not one. A field of another type counts as absent: an email that is not a text is nobody's. */
export function parseUser(value: unknown): PortalUser | undefined {
  if (!isMapping(value) || typeof value.user_id !== "string" || !value.user_id.includes("|")) return undefined;
  const { user_id, email, email_verified, identities, app_metadata, blocked } = value;
  const profile = {
    user_id,
    email_verified: email_verified === true,
    identities: Array.isArray(identities) ? identities.filter(isMapping) : [],
    app_metadata: isMapping(app_metadata) ? app_metadata : {},
    ...(typeof email === "string" && { email }),
  };
  return { profile: profile as unknown as Profile, isBlocked: blocked === true };
}
