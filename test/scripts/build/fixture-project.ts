import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { isEntityBound } from "../../../local/auth0/management/actions/trigger-table.ts";

const permission = (scope: string) => ({ permission_name: scope, resource_server_identifier: "##API_IDENTIFIER##" });

/** A project in which the build finds nothing: one API, one role, one grant, and one bound Action that filters its scopes. */
const flawless = () => ({
  tenant: {
    resourceServers: [
      {
        name: "Shop",
        identifier: "##API_IDENTIFIER##",
        enforce_policies: true as boolean | undefined,
        scopes: [{ value: "post:orders" }, { value: "get:orders" }],
      },
    ],
    clients: [{ name: "Worker" }],
    clientGrants: [{ client_id: "Worker", audience: "##API_IDENTIFIER##", scope: ["get:orders"] }],
    roles: [{ name: "buyer", permissions: [permission("get:orders")] }],
    actions: [
      {
        name: "guard",
        code: "./dist/actions/guard.js",
        runtime: "node22" as string | undefined,
        deployed: true,
        supported_triggers: [{ id: "post-login", version: "v3" }],
        dependencies: [] as { name: string; version: string }[],
        secrets: [{ name: "API_IDENTIFIER", value: "##API_IDENTIFIER##" }],
      },
    ],
    triggers: { "post-login": [{ action_name: "guard" }] } as Record<string, { action_name: string }[]>,
  },
  /** Path to text. */
  sources: {
    "actions/guard/action.ts": [
      'import { apiScopes, roleScopes } from "tenant:grants";',
      "export const onExecutePostLogin = async (event: any, api: any): Promise<void> => {",
      "  for (const scope of apiScopes) if (!roleScopes[event.role]?.includes(scope)) api.accessToken.removeScope(scope);",
      "};",
    ].join("\n"),
  } as Record<string, string>,
  /** Package to version, as package-lock.json has them. */
  locked: { stripe: "23.1.0" } as Record<string, string>,
});

export type ProjectDraft = ReturnType<typeof flawless>;
export type ActionDraft = ProjectDraft["tenant"]["actions"][number];

/** Another Action of the draft, built and bound, complete and right but for what `change` says; `body` is its source. */
export function addAction(draft: ProjectDraft, name: string, change: Partial<ActionDraft>, body?: string): void {
  const [first] = flawless().tenant.actions;
  const action = { ...first!, name, code: `./dist/actions/${name}.js`, secrets: [], ...change };
  draft.tenant.actions.push(action);
  const [trigger] = action.supported_triggers;
  if (trigger !== undefined && action.deployed && action.code.startsWith("./dist/") && !isEntityBound(trigger.id)) {
    draft.tenant.triggers[trigger.id] ??= [];
    draft.tenant.triggers[trigger.id]!.push({ action_name: action.name });
  }
  draft.sources[`actions/${name}/action.ts`] = body ?? "export const onExecutePostLogin = async () => {};\n";
}

/** Makes the Action's handler these lines, the first of which is line 2 of its source. */
export function setHandler(draft: ProjectDraft, ...lines: string[]): void {
  const source = ["export const onExecutePostLogin = async (event: any, api: any) => {", ...lines, "};", ""];
  draft.sources["actions/guard/action.ts"] = source.join("\n");
}

/** A package of which the project's own node_modules has another version, or none. */
export function addPackage(draft: ProjectDraft, name: string, version: string, code = ""): void {
  const folder = `.local/packages/${name.replace("/", "+")}@${version}/node_modules/${name}`;
  draft.sources[`${folder}/package.json`] = JSON.stringify({ name, version });
  draft.sources[`${folder}/index.js`] = code;
}

export async function writeProject(edit: (draft: ProjectDraft) => void = () => {}): Promise<string> {
  const draft = flawless();
  edit(draft);
  const directory = await mkdtemp(join(tmpdir(), "project-"));
  const packages = Object.entries(draft.locked).map(([name, version]) => [`node_modules/${name}`, { version }]);
  const files: Record<string, string> = {
    ...draft.sources,
    "tenant.yaml": stringify(draft.tenant, { aliasDuplicateObjects: false }),
    "package-lock.json": JSON.stringify({ lockfileVersion: 3, packages: Object.fromEntries(packages) }),
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
  return directory;
}

export const removeProject = (directory: string): Promise<void> => rm(directory, { recursive: true });
