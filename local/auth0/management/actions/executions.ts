import { endpoint, ok, type Resource } from "../endpoint.ts";
import { getOr404 } from "../error.ts";

export const actionExecutions: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: "/actions/executions/:id",
    scopes: ["read:actions"],
    handle: ({ params }) => {
      const execution = getOr404(tenant.state.actionExecutions.get(params.id ?? ""), "That execution does not exist.");
      return ok(execution);
    },
  }),
];
