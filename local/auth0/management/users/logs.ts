import { endpoint, ok, type Resource } from "../endpoint.ts";
import { LOGS_QUERY, renderLogPage } from "../logs.ts";
import { getUser } from "../records/user.ts";

export const userLogs: Resource = ({ logs, state }) => [
  endpoint({
    method: "GET",
    path: "/users/:id/logs",
    scopes: ["read:logs", "read:logs_users"],
    query: LOGS_QUERY,
    handle: ({ params, query }) => {
      const { user_id } = getUser(state, params.id);
      return ok(
        renderLogPage(
          logs.entries().filter((entry) => entry.user_id === user_id),
          query,
        ),
      );
    },
  }),
];
