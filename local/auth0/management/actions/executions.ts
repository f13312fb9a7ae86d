import { endpoint, ok, type Resource } from "../endpoint.ts";
import { ManagementError } from "../error.ts";

export const actionExecutions: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: "/actions/executions/:id",
    scopes: ["read:actions"],
    handle: ({ params }) => {
      const execution = tenant.state.actionExecutions.get(params.id ?? "");
      if (execution === undefined) throw new ManagementError(404, "That execution does not exist.");
      return ok(execution);
    },
  }),
];
