import { listAuthenticators, mailboxId } from "../../mfa/list-authenticators.ts";
import { InvalidRequest, OAuthError } from "../../oauth-error.ts";
import { forClients, NO_STORE } from "../client-endpoint.ts";
import { allowAnyClientsOrigin } from "../cors.ts";
import { readMfaAccess } from "./access.ts";

/** `GET /mfa/authenticators` */
export const handleListAuthenticators = forClients(async (tenant, context) => {
  allowAnyClientsOrigin(tenant.state, context);
  const { user } = await readMfaAccess(tenant, context, "read:authenticators");
  return context.json(listAuthenticators(tenant.state, user), 200, NO_STORE);
});

/** `DELETE /mfa/authenticators/{id}` */
export const handleDeleteAuthenticator = forClients(async (tenant, context) => {
  allowAnyClientsOrigin(tenant.state, context);
  const { user } = await readMfaAccess(tenant, context, "remove:authenticators");
  const id = context.req.param("id") ?? "";
  if (id === mailboxId(user)) throw new InvalidRequest("A verified email address cannot be deleted as a factor.");
  if (tenant.state.authenticators.get(id)?.user_id !== user.user_id) {
    throw new OAuthError(404, "not_found", "The authenticator does not exist.");
  }
  tenant.state.authenticators.delete(id);
  return context.body(null, 204);
});
