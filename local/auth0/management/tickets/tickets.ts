import { createTicketUrl } from "../../authentication/tickets.ts";
import type { Identity, User } from "../../state/user.ts";
import { userIdOf } from "../../state/user-keys.ts";
import type { Tenant } from "../../tenant.ts";
import { DATABASE_STRATEGY } from "../../users/create-user.ts";
import { findUserInConnection } from "../../users/find.ts";
import { created, endpoint, type Resource } from "../endpoint.ts";
import { getOr404, ManagementError } from "../error.ts";
import { refuseUnimplemented } from "../not-implemented.ts";
import { getUser } from "../records/user.ts";
import { checkIdentity, type VerificationBody } from "./check-identity.ts";

interface TicketBody {
  readonly ttl_sec?: number;
}
interface PasswordTicketBody extends TicketBody {
  readonly user_id?: string;
  readonly connection_id?: string;
  readonly email?: string;
  readonly mark_email_as_verified?: boolean;
  readonly identity?: Pick<Identity, "user_id" | "provider">;
}

/** Links for an application's own mails. Where one leads when it was used, Auth0's newer pages do not ask `result_url`. */
export const tickets: Resource = (tenant) => [
  endpoint<TicketBody & VerificationBody>({
    method: "POST",
    path: "/tickets/email-verification",
    summary: "Create an email verification ticket",
    scopes: ["create:user_tickets"],
    body: "VerifyEmailTicketRequestContent",
    handle: ({ body }) => {
      const user = getUser(tenant.state, body.user_id);
      const { user_id, email } = user;
      checkIdentity(tenant, user, body);
      if (email === undefined) throw new ManagementError(400, "The user does not have an email.", "invalid_body");
      const ticket = { for: "email-verification", userId: user_id, email, ...readEnd(tenant, body) } as const;
      return created({ ticket: createTicketUrl(tenant, ticket) });
    },
  }),
  endpoint<PasswordTicketBody>({
    method: "POST",
    path: "/tickets/password-change",
    summary: "Create a password change ticket",
    scopes: ["create:user_tickets"],
    body: "ChangePasswordTicketRequestContent",
    handle: ({ body }) => {
      const user = getUserOf(tenant, body);
      const identity = user.identities.find((one) =>
        body.identity === undefined ? one.provider === DATABASE_STRATEGY : userIdOf(one) === userIdOf(body.identity),
      );
      if (identity?.provider !== DATABASE_STRATEGY) {
        throw new ManagementError(400, "The user does not have a password.", "operation_not_supported");
      }
      const ticket = createTicketUrl(tenant, {
        for: "password-reset",
        userId: user.user_id,
        identityId: userIdOf(identity),
        verifiesEmail: body.mark_email_as_verified === true,
        ...readEnd(tenant, body),
      });
      return created({ ticket });
    },
  }),
];

/** By id, or by email in a connection. */
function getUserOf({ state }: Pick<Tenant, "state">, { user_id, connection_id, email }: PasswordTicketBody): User {
  if (user_id !== undefined) return getUser(state, user_id);
  if (connection_id === undefined || email === undefined) {
    throw new ManagementError(400, "Give user_id, or connection_id with email.", "invalid_body");
  }
  const connection = state.connections.get(connection_id);
  return getOr404(
    connection && findUserInConnection(state, connection.name, "email", email),
    "The user does not exist.",
    "inexistent_user",
  );
}

const FIVE_DAYS = 432_000;

/** `ttl_sec` of 0 means the usual, which is five days. */
function readEnd(tenant: Pick<Tenant, "clock" | "log">, { ttl_sec }: TicketBody): { readonly until?: number } {
  if (ttl_sec === undefined || ttl_sec === 0) return {};
  if (ttl_sec > FIVE_DAYS) refuseUnimplemented(tenant, `ttl_sec of more than ${FIVE_DAYS}`);
  return { until: tenant.clock() + ttl_sec * 1000 };
}
