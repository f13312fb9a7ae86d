import type { Authenticator } from "../../state/authenticator.ts";
import { isoTime } from "../../timestamps.ts";
import { endpoint, NO_CONTENT, ok, type Resource } from "../endpoint.ts";
import { getOr404 } from "../error.ts";
import { getUser } from "../records/user.ts";

/** The same factors as `authentication-methods`, by the endpoints before those. */
export const enrollments: Resource = ({ state }) => {
  const find = (id = "") =>
    getOr404(state.authenticators.get(id), "The enrollment does not exist.", "inexistent_enrollment");
  const removeOf = (userId: string | undefined): void => {
    const user = getUser(state, userId);
    state.authenticators.deleteWhere(({ user_id }) => user_id === user.user_id);
  };
  return [
    endpoint({
      method: "GET",
      path: "/users/:id/enrollments",
      scopes: ["read:users"],
      handle: ({ params }) => {
        const user = getUser(state, params.id);
        return ok(state.authenticators.filter((one) => one.user_id === user.user_id && isEnrollment(one)).map(render));
      },
    }),
    endpoint({
      method: "GET",
      path: "/guardian/enrollments/:id",
      scopes: ["read:guardian_enrollments"],
      handle: ({ params }) => ok(render(find(params.id))),
    }),
    endpoint({
      method: "DELETE",
      path: "/guardian/enrollments/:id",
      scopes: ["delete:guardian_enrollments"],
      handle: ({ params }) => {
        state.authenticators.delete(find(params.id).id);
        return NO_CONTENT;
      },
    }),
    endpoint({
      method: "DELETE",
      path: "/users/:id/authenticators",
      scopes: ["delete:guardian_enrollments"],
      handle: ({ params }) => {
        removeOf(params.id);
        return NO_CONTENT;
      },
    }),
    endpoint({
      method: "DELETE",
      path: "/users/:id/multifactor/:provider",
      scopes: ["update:users"],
      params: { provider: { type: "string", enum: ["duo", "google-authenticator"] } },
      handle: ({ params }) => {
        if (params.provider === "google-authenticator") removeOf(params.id);
        return NO_CONTENT;
      },
    }),
  ];
};

/** A recovery code is not one: it only stands in for a factor. */
const isEnrollment = ({ type }: Authenticator): boolean => type !== "recovery-code";

function render({ id, type, name, created_at, last_auth_at, confirmed }: Authenticator): object {
  const isConfirmed = confirmed !== false;
  const kind = type === "email" ? type : "authenticator";
  return {
    id,
    status: isConfirmed ? "confirmed" : "pending",
    type: kind,
    auth_method: kind,
    ...(name !== undefined && { name }),
    ...(isConfirmed && { enrolled_at: isoTime(created_at) }),
    ...(last_auth_at !== undefined && { last_auth: isoTime(last_auth_at) }),
  };
}
