import type { TenantState } from "../../state/tenant-state.ts";
import { created, endpoint, NO_CONTENT, ok, type Resource } from "../endpoint.ts";
import { type Fields, isFields } from "./fields.ts";
import { getRecord, recordsOf } from "./list-endpoints.ts";
import { getListKind } from "./list-kinds.ts";

const HOOKS = getListKind("/hooks");
/** What stands for a value in an answer. */
const NOT_SHOWN = "_VALUE_NOT_SHOWN_";

/** Secrets of a Hook: names are shown, values never. */
export const hookSecrets: Resource = ({ state }) => [
  endpoint({
    method: "GET",
    path: "/hooks/:id/secrets",
    scopes: ["read:hooks"],
    handle: ({ params }) =>
      ok(Object.fromEntries(Object.keys(readSecrets(state, params.id)).map((name) => [name, NOT_SHOWN]))),
  }),
  ...(["POST", "PATCH"] as const).map((method) =>
    endpoint<Fields>({
      method,
      path: "/hooks/:id/secrets",
      scopes: [method === "POST" ? "create:hooks" : "update:hooks"],
      body: method === "POST" ? "CreateHookSecretRequestContent" : "UpdateHookSecretRequestContent",
      handle: ({ params, body }) => {
        writeSecrets(state, params.id, { ...readSecrets(state, params.id), ...body });
        return created({});
      },
    }),
  ),
  endpoint<readonly string[]>({
    method: "DELETE",
    path: "/hooks/:id/secrets",
    scopes: ["delete:hooks"],
    body: "DeleteHookSecretRequestContent",
    handle: ({ params, body: names }) => {
      const left = Object.entries(readSecrets(state, params.id)).filter(([name]) => !names.includes(name));
      writeSecrets(state, params.id, Object.fromEntries(left));
      return NO_CONTENT;
    },
  }),
];

function readSecrets(state: Pick<TenantState, "records">, id = ""): Fields {
  const { secrets } = getRecord(HOOKS, state, id);
  return isFields(secrets) ? secrets : {};
}

function writeSecrets(state: Pick<TenantState, "records">, id: string | undefined, secrets: Fields): void {
  recordsOf(state, HOOKS).set(id ?? "", { ...getRecord(HOOKS, state, id ?? ""), secrets });
}
