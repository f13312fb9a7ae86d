import { splitMarker } from "../deploy/kinds/action/marker.ts";
import type { LiveTenant } from "../deploy/kinds/live-tenant.ts";
import { KINDS, type ResourceType } from "../deploy/kinds/table.ts";
import type { Change } from "../deploy/plan/change.ts";
import type { Desired } from "../deploy/plan/desired.ts";
import { planTenant } from "../deploy/plan/plan-tenant.ts";
import type { InventoryRow, InventorySection } from "./row.ts";

type Facts = InventoryRow["facts"];
type Describe<Type extends ResourceType> = (item: LiveTenant[Type][number] | undefined, live: LiveTenant) => Facts;

/** What is shown of each kind: the table's title, and its columns. The others are in one table, without columns. */
const SHOWN: { readonly [Type in ResourceType]?: readonly [InventorySection, Describe<Type>] } = {
  api: [
    "apis",
    (item) => ({
      signing: String(item?.fields.signing_alg ?? "-"),
      rbac: item?.fields.enforce_policies === true,
      dialect: String(item?.fields.token_dialect ?? "-"),
      scopes: listTexts(item?.fields.scopes, "value"),
    }),
  ],
  client: [
    "applications",
    (item) => ({
      type: String(item?.fields.app_type ?? "-"),
      authentication: String(item?.fields.token_endpoint_auth_method ?? "-"),
      grants: listTexts(item?.fields.grant_types),
      callbacks: listTexts(item?.fields.callbacks),
    }),
  ],
  "client-grant": ["grants", (item) => ({ scopes: listTexts(item?.fields.scope) })],
  role: ["roles", (item) => ({ permissions: listTexts(item?.permissions, "permission_name") })],
  database: [
    "databases",
    (item, live) => ({
      clients: (item?.enabledClientIds ?? []).map((id) => live.client.find((client) => client.id === id)?.name ?? id),
    }),
  ],
  action: [
    "actions",
    (item) => ({
      built: item?.draft.status === "built",
      deployed: item?.live !== undefined,
      version: item?.live?.number ?? 0,
      bytes: Buffer.byteLength(splitMarker(item?.live?.code ?? "").code),
      dependencies: (item?.live?.dependencies ?? []).map(({ name, version }) => `${name}@${version}`),
      secrets: listTexts(item?.live?.secrets, "name"),
    }),
  ],
  flow: ["flows", (item) => ({ order: listTexts(item?.bindings, "actionName") })],
};

/**
 * Pure. Everything that tenant.yaml names, as a fresh tenant holds it after the deploy. What is wrong with it is what a plan would
 * change, and a version that is not the first: something was written twice then.
 */
export function listInventory(desired: Desired, live: LiveTenant): readonly InventoryRow[] {
  const { changes } = planTenant(desired, live);
  return KINDS.flatMap((kind) => {
    const [section, describe] = (SHOWN[kind.type] ?? ["settings", () => ({})]) as readonly [
      InventorySection,
      Describe<ResourceType>,
    ];
    return kind.listWanted(desired, live).map(({ name }): InventoryRow => {
      const item = live[kind.type].find((candidate) => candidate.name === name);
      const facts = describe(item, live);
      const found = changes.filter((change) => change.type === kind.type && change.name === name);
      const version = facts.version ?? 1;
      return {
        section,
        name,
        facts,
        problems: [
          ...found.flatMap(renderProblems),
          ...(version === 0 || version === 1 ? [] : [`it has version ${version}, so it was written twice`]),
        ],
      };
    });
  });
}

function renderProblems(change: Change): readonly string[] {
  if (change.operation === "create") return ["the tenant does not have it"];
  if (change.operation === "reorder") {
    const names = change.after.map(({ actionName }) => actionName);
    return [`it runs ${change.before.join(", ") || "nothing"}, not ${names.join(", ") || "nothing"}`];
  }
  return [
    ...change.fields.map(({ path, before, after }) => `${path}: ${render(before)} instead of ${render(after)}`),
    ...(change.codeDiff === undefined ? [] : ["its code is not this build's"]),
  ];
}

function render(value: unknown): string {
  if (value === undefined) return "nothing";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function listTexts(value: unknown, key?: string): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.map((item: unknown) => String(key === undefined ? item : (item as Record<string, unknown>)[key]));
}
