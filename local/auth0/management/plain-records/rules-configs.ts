import { endpoint, NO_CONTENT, ok, type Resource } from "../endpoint.ts";
import { PAGE_QUERY } from "../paging.ts";

/** Settings of Rules, which no longer run anywhere: keys are listed, values never shown. */
export const rulesConfigs: Resource = ({ state }) => {
  const records = () => state.records("/rules-configs");
  return [
    endpoint({
      method: "GET",
      path: "/rules-configs",
      scopes: ["read:rules_configs"],
      query: PAGE_QUERY,
      handle: () =>
        ok(
          records()
            .values()
            .map(({ key }) => ({ key })),
        ),
    }),
    endpoint<{ readonly value: string }>({
      method: "PUT",
      path: "/rules-configs/:key",
      scopes: ["update:rules_configs"],
      body: "SetRulesConfigRequestContent",
      handle: ({ params: { key = "" }, body: { value } }) => ok(records().set(key, { key, value })),
    }),
    endpoint({
      method: "DELETE",
      path: "/rules-configs/:key",
      scopes: ["delete:rules_configs"],
      handle: ({ params }) => {
        records().delete(params.key ?? "");
        return NO_CONTENT;
      },
    }),
  ];
};
