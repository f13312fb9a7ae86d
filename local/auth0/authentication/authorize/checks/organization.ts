import { InvalidRequest } from "../../../oauth-error.ts";
import { getOrganization } from "../../organizations/get-organization.ts";
import type { Check } from "./check.ts";

/** `organization_usage` of the client: left out, it is `deny`. */
export const checkOrganization: Check = ({ tenant, client, parameters: { organization } }) => {
  const usage = client.organization_usage ?? "deny";
  if (organization === undefined) {
    if (usage === "require" && (client.organization_require_behavior ?? "no_prompt") === "no_prompt") {
      throw new InvalidRequest("parameter organization is required for this client");
    }
    return;
  }
  if (usage === "deny") {
    throw new InvalidRequest("parameter organization is not allowed for this client");
  }
  getOrganization(tenant.state, organization);
};
