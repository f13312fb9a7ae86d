import { apiScopes, roleScopes } from "tenant:grants";
import type { Event, PostLoginAPI } from "@auth0/actions/post-login/v3";
import { failClosed } from "../shared/fail-closed.ts";
import { offerTargetScopes } from "./offer-target-scopes.ts";
import { planScopes } from "./plan-scopes.ts";
import { readSettings } from "./settings.ts";

const NAME = "filter-scopes";

/**
 * Takes from the access token every scope of the API that the user's roles do not grant. Only ever removes: a scope added
 * directly would pass by RBAC (Auth0 docs: "Handling scopes in Actions").
 */
export const onExecutePostLogin = async (event: Event, api: PostLoginAPI) =>
  failClosed(NAME, api, () => {
    const settings = readSettings(event.secrets);
    if (event.resource_server?.identifier !== settings.apiIdentifier) return;
    const plan = planScopes(event, { apiScopes, roleScopes }, settings);
    for (const scope of plan.remove) api.accessToken.removeScope(scope);
    offerTargetScopes(NAME, api, plan.offer);
    for (const role of plan.unknownRoles) console.warn(`${NAME}: ${JSON.stringify(role)} is not a role in tenant.yaml`);
  });
