import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@jest/globals";
import type { LiveTenant } from "../../../scripts/deploy/kinds/live-tenant.ts";

export const SECRET_VALUE = 'hush "hush" \\ value';

const code = (name: string): string =>
  `exports.onExecutePostLogin = async (event, api) => { console.log("${name}"); };\n`;

/** A document with one of everything that a deploy has to get right, and the folder that its code paths start at. */
export function makeSmallTenant(directory: string) {
  const names = ["first", "second"] as const;
  mkdirSync(directory, { recursive: true });
  for (const name of names) writeFileSync(join(directory, `${name}.js`), code(name));
  const document = {
    resourceServers: [
      { name: "API", identifier: "https://small.example/", scopes: [{ value: "get:x", description: "x" }] },
    ],
    clients: [{ name: "SPA", app_type: "spa", callbacks: ["https://app.example"] }],
    roles: [
      {
        name: "viewer",
        description: "Reads",
        permissions: [{ permission_name: "get:x", resource_server_identifier: "https://small.example/" }],
      },
    ],
    actions: names.map((name) => ({
      name,
      code: code(name),
      runtime: "node22",
      deployed: true,
      supported_triggers: [{ id: "post-login", version: "v3" }],
      dependencies: [],
      secrets: [{ name: "KEY", value: SECRET_VALUE }],
    })),
    triggers: { "post-login": names.map((name) => ({ action_name: name, display_name: name })) },
  };
  return { directory, document, actions: names.map((name) => ({ name, code: code(name) })) };
}

/** Its Actions are live with its code, and bound in its order. */
export function checkSmallTenant({ actions }: ReturnType<typeof makeSmallTenant>, { action, flow }: LiveTenant): void {
  // The Deploy CLI makes several at once.
  const byName = [...action].sort((one, other) => one.name.localeCompare(other.name));
  expect(byName.map(({ name, live }) => ({ name, code: live?.code }))).toEqual(actions);
  const { bindings = [] } = flow.find(({ name }) => name === "post-login") ?? {};
  expect(bindings.map(({ actionName }) => actionName)).toEqual(actions.map(({ name }) => name));
}
