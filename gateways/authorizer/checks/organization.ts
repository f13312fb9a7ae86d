import type { RequestCheck } from "./request-check.ts";

/** Auth0 puts `org_id` into tokens of users who logged in to an organization, and of clients granted for one. */
export const checkOrganization: RequestCheck = ({ organization }, { organizations }) => {
  if (organizations === "any") return undefined;
  if (organization === undefined) return "organization_missing";
  return organizations === "required" || organizations.includes(organization) ? undefined : "organization_not_allowed";
};
