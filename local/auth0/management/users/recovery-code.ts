import { issueRecoveryCode } from "../../mfa/recovery-code.ts";
import { endpoint, ok, type Resource } from "../endpoint.ts";
import { getUser } from "../records/user.ts";

/** A new recovery code in the place of the one that the user has; shown this once. */
export const recoveryCode: Resource = (tenant) => [
  endpoint({
    method: "POST",
    path: "/users/:id/recovery-code-regeneration",
    scopes: ["update:users"],
    handle: ({ params }) => ok({ recovery_code: issueRecoveryCode(tenant, getUser(tenant.state, params.id).user_id) }),
  }),
];
