import type { CommandError } from "../../../../scripts/command.ts";
import { fillKeywords } from "../../../../scripts/tenant/keywords.ts";
import type { Environment } from "../../../../scripts/tenant/read-environment.ts";
import { parseTenant, type TenantFile } from "../../../../scripts/tenant/read-tenant.ts";
import { parseSource } from "../../../../scripts/tenant/source.ts";

export const BASE = `tenant:
  friendly_name: Example
  session_lifetime: 168
  flags:
    enable_client_connections: false
resourceServers:
- name: API
  identifier: "##API##"
  token_lifetime: 7200
clients:
- name: Web
  app_type: spa
  callbacks: ["https://app.example/a", "https://app.example/b"]
  client_metadata: { team: web, tier: free }
- name: Worker
  app_type: non_interactive
  client_secret: "@@WORKER_SECRET@@"
clientGrants:
- client_id: Worker
  audience: "##API##"
  scope: ["get:x"]
roles:
- name: editor
  description: Edits
  permissions:
  - { permission_name: "get:x", resource_server_identifier: "##API##" }
actions:
- name: gate
  code: ./dist/actions/gate.js
  runtime: node22
  supported_triggers: [{ id: post-login, version: v3 }]
  dependencies: [{ name: stripe, version: 1.0.0 }]
  secrets:
  - { name: MODE, value: deny }
  - { name: KEY, value: "@@KEY@@" }
triggers:
  post-login: [{ action_name: gate, display_name: gate }]
`;
export const VALUES: Environment = {
  API: "https://api.example/",
  WORKER_SECRET: "worker-secret-value",
  KEY: "key-of-the-action",
};

export const parse = (overlay: string, base = BASE): TenantFile =>
  parseTenant(base, "folder/tenant.yaml", parseSource(overlay, "environments/eu.yaml"));
export const fill = (overlay: string, more: Environment = {}): TenantFile["document"] =>
  fillKeywords(parse(overlay), { ...VALUES, ...more }).document;
export function refusalOf(overlay: string, base = BASE): CommandError {
  try {
    parse(overlay, base);
  } catch (error) {
    return error as CommandError;
  }
  throw new Error("it was not refused");
}
