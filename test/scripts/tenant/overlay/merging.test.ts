import { expect, test } from "@jest/globals";
import { fillKeywords } from "../../../../scripts/tenant/keywords.ts";
import { parseTenant } from "../../../../scripts/tenant/read-tenant.ts";
import { BASE, fill, parse, VALUES } from "./example.ts";

const unchanged = fillKeywords(parseTenant(BASE, "tenant.yaml"), VALUES).document;
const [web, worker] = unchanged.clients!;
const [gate] = unchanged.actions!;

test.each<[what: string, overlay: string, changed: Readonly<Record<string, unknown>>]>([
  ["a field", "tenant: { friendly_name: Europe }", { tenant: { ...unchanged.tenant, friendly_name: "Europe" } }],
  [
    "a mapping in a mapping, key by key",
    "tenant: { flags: { disable_impersonation: true } }",
    { tenant: { ...unchanged.tenant, flags: { enable_client_connections: false, disable_impersonation: true } } },
  ],
  [
    "an entry, found by its name",
    "clients: [{ name: Web, client_metadata: { tier: paid } }]",
    { clients: [{ ...web!, client_metadata: { team: "web", tier: "paid" } }, worker!] },
  ],
  [
    "an API, found by its identifier as it is written",
    'resourceServers: [{ identifier: "##API##", token_lifetime: 60 }]',
    { resourceServers: [{ ...unchanged.resourceServers![0]!, token_lifetime: 60 }] },
  ],
  [
    "a grant, found by its client and its API",
    'clientGrants: [{ client_id: Worker, audience: "##API##", subject_type: client, scope: ["get:y"] }]',
    { clientGrants: [{ ...unchanged.clientGrants![0]!, scope: ["get:y"], subject_type: "client" }] },
  ],
  [
    "a list of texts, whole",
    "clients: [{ name: Web, callbacks: [https://eu.example] }]",
    { clients: [{ ...web!, callbacks: ["https://eu.example"] }, worker!] },
  ],
  [
    "a role's permissions, whole: what an environment grants is all in one place",
    'roles: [{ name: editor, permissions: [{ permission_name: "get:y", resource_server_identifier: "##API##" }] }]',
    {
      roles: [
        {
          name: "editor",
          description: "Edits",
          permissions: [{ permission_name: "get:y", resource_server_identifier: VALUES.API! }],
        },
      ],
    },
  ],
  [
    "one secret of an Action, and one more",
    "actions: [{ name: gate, secrets: [{ name: MODE, value: allow }, { name: NEW, value: n }] }]",
    {
      actions: [
        {
          ...gate!,
          secrets: [
            { name: "MODE", value: "allow" },
            { name: "KEY", value: VALUES.KEY! },
            { name: "NEW", value: "n" },
          ],
        },
      ],
    },
  ],
  [
    "a new entry, behind the others",
    "roles: [{ name: auditor }]",
    { roles: [...unchanged.roles!, { name: "auditor" }] },
  ],
  [
    "an entry of another name, which is a new one",
    "clients: [{ name: Site }]",
    { clients: [web!, worker!, { name: "Site" }] },
  ],
  [
    "a section that tenant.yaml does not have",
    "emailTemplates: [{ template: verify_email, enabled: true }]",
    { emailTemplates: [{ template: "verify_email", enabled: true }] },
  ],
  ["an empty list, which is none", "roles: []", { roles: [] }],
  ["an empty list in an entry", "actions: [{ name: gate, secrets: [] }]", { actions: [{ ...gate!, secrets: [] }] }],
  ["an entry left out", "clients: [{ name: Worker, leave_out: true }]", { clients: [web!] }],
  [
    "a secret left out",
    "actions: [{ name: gate, secrets: [{ name: KEY, leave_out: true }] }]",
    { actions: [{ ...gate!, secrets: [{ name: "MODE", value: "deny" }] }] },
  ],
  [
    "a field left out",
    "resourceServers: [{ identifier: '##API##', token_lifetime: { leave_out: true } }]",
    { resourceServers: [{ name: "API", identifier: VALUES.API! }] },
  ],
  ["a section left out", "roles: { leave_out: true }", { roles: undefined }],
  ["nothing: an empty file", "", {}],
  ["nothing: a file of comments", "# later\n", {}],
  ["nothing: a mapping without keys", "{}", {}],
])("an overlay may have %s", (_what, overlay, changed) => {
  expect(fill(overlay)).toEqual({ ...unchanged, ...changed });
});

test("anchors and aliases stay within their files", () => {
  const base = "clients:\n- &web { name: Web, callbacks: &urls [https://a] }\n- { name: Site, callbacks: *urls }\n";
  const overlay = "clients:\n- { name: Site, callbacks: &urls [https://b], web_origins: *urls }\n";
  expect(parse(overlay, base).document.clients).toEqual([
    { name: "Web", callbacks: ["https://a"] },
    { name: "Site", callbacks: ["https://b"], web_origins: ["https://b"] },
  ]);
});

test("the names of members of every object are names like others", () => {
  const overlay = 'clients:\n- name: Web\n  client_metadata: { constructor: a, "__proto__": b, toString: c }\n';
  const metadata = (parse(overlay).document.clients![0] as Readonly<Record<string, unknown>>).client_metadata as object;
  expect(Object.entries(metadata)).toEqual([
    ["team", "web"],
    ["tier", "free"],
    ["constructor", "a"],
    ["__proto__", "b"],
    ["toString", "c"],
  ]);
});

test("an overlay says what it changes, adds and leaves out, for the plan", () => {
  const overlay = `tenant: { friendly_name: Europe }
roles: [{ name: editor, description: x }, { name: auditor }]
clients: [{ name: Worker, leave_out: true }]
clientGrants: []
`;
  expect(parse(overlay).overlay).toEqual({
    file: "environments/eu.yaml",
    entries: [
      { section: "tenant", how: "changed", members: ["friendly_name"], path: ["tenant"] },
      { section: "roles", name: "editor", how: "changed", members: ["description"], path: ["roles", 0] },
      { section: "roles", name: "auditor", how: "added", members: [], path: ["roles", 1] },
      { section: "clients", name: "Worker", how: "left out", members: [], path: undefined },
      { section: "clientGrants", how: "replaced", members: [], path: ["clientGrants"] },
    ],
  });
});
