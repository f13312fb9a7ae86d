import type { Management } from "auth0";
import { collect, page } from "../collect.ts";
import type { TenantReader } from "../kind.ts";
import type { ActionContent, LiveAction } from "./live.ts";

export async function readActions({ management }: TenantReader): Promise<readonly LiveAction[]> {
  const actions = await collect(management.actions.list(page()));
  return actions.map(toAction);
}

function toAction(action: Management.Action): LiveAction {
  const { deployed_version: deployed } = action;
  return {
    id: action.id ?? "",
    name: action.name ?? "",
    triggers: (action.supported_triggers ?? []).map(({ id, version = "" }) => ({ id, version })),
    draft: { ...toContent(action), status: action.status ?? "pending" },
    ...(deployed !== undefined && {
      live: {
        ...toContent(deployed),
        versionId: deployed.id ?? "",
        number: deployed.number ?? 0,
        since: String(deployed.built_at ?? deployed.created_at ?? ""),
      },
    }),
  };
}

function toContent(
  source: Pick<Management.Action, "code" | "runtime" | "dependencies" | "modules" | "secrets">,
): ActionContent {
  const modules = (source.modules ?? []).map(({ module_name = "", module_version_number = 0 }) => ({
    name: module_name,
    version: module_version_number,
  }));
  return {
    ...(modules.length > 0 && { modules }),
    code: source.code ?? "",
    runtime: source.runtime ?? "",
    dependencies: (source.dependencies ?? []).map(({ name = "", version = "" }) => ({ name, version })),
    secrets: (source.secrets ?? []).map(({ name = "", updated_at }) => ({ name, updatedAt: String(updated_at ?? "") })),
  };
}
