import { findUserInConnection } from "../../users/find.ts";
import { deleteUser } from "../../users/write-users.ts";
import { endpoint, NO_CONTENT, type Resource } from "../endpoint.ts";
import { getAsked } from "../get-asked.ts";
import { getConnection } from "./find.ts";

/** Users of one connection, whatever became of them elsewhere. */
export const connectionUsers: Resource = ({ state }) => [
  endpoint({
    method: "DELETE",
    path: "/connections/:id/users",
    summary: "Delete a connection user",
    scopes: ["delete:users"],
    query: { email: { type: "string", format: "email", description: "The email of the user to delete." } },
    /** 204 also for who is not there: its published status codes have no 404. */
    handle: ({ params, query }) => {
      const { name } = getConnection(state, params.id);
      const user = findUserInConnection(state, name, "email", getAsked(query, "email"));
      if (user !== undefined) deleteUser(state, user.user_id);
      return NO_CONTENT;
    },
  }),
];
