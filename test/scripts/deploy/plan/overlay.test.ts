import { expect, test } from "@jest/globals";
import { stringify } from "yaml";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import { renderPlan } from "../../../../scripts/deploy/plan/render-plan.ts";
import { renderPlanJson } from "../../../../scripts/deploy/plan/render-plan-json.ts";
import { fillKeywords } from "../../../../scripts/tenant/keywords.ts";
import { parseTenant } from "../../../../scripts/tenant/read-tenant.ts";
import { parseSource } from "../../../../scripts/tenant/source.ts";
import { AUDIENCE, deployedTenant, desire, settings } from "./tenants.ts";

const FILE = "environments/eu.yaml";
const OVERLAY = `
tenant: { friendly_name: Europe }
resourceServers:
- { identifier: "${AUDIENCE}", token_lifetime: 60, enforce_policies: true }
roles:
- { name: auditor, description: Reads }
clients:
- { name: SPA, leave_out: true }
clientGrants: { leave_out: true }
triggers:
  post-login: [{ action_name: second, display_name: second }, { action_name: first, display_name: first }]
databases:
- { name: Users, strategy: auth0, enabled_clients: { leave_out: true } }
`;

function planWith(overlayText: string, live = deployedTenant(), more: object = {}) {
  const { actions: _, ...written } = desire().document;
  const document = { ...written, ...more };
  const { document: merged, overlay } = parseTenant(stringify(document), "tenant.yaml", parseSource(overlayText, FILE));
  const actions = desire().document.actions ?? [];
  return planTenant({ ...desire(), document: { ...merged, actions }, overlay }, live);
}

test("a plan says of each change what of it comes from the overlay, and all that the overlay says", () => {
  const plan = planWith(OVERLAY);
  expect(plan.changes.map(({ type, name, overlay }) => [type, name, overlay])).toEqual([
    ["tenant", "settings", `friendly_name from ${FILE}`],
    ["api", AUDIENCE, `token_lifetime, enforce_policies from ${FILE}`],
    ["role", "auditor", `from ${FILE}`],
    ["flow", "post-login", `from ${FILE}`],
  ]);
  const lines = renderPlan(plan);
  expect(lines).toContain(`+ role auditor  (from ${FILE})`);
  expect(lines.slice(lines.indexOf(`From ${FILE}:`))).toEqual([
    `From ${FILE}:`,
    "    tenant: friendly_name",
    `    resourceServers ${AUDIENCE}: token_lifetime, enforce_policies`,
    "    roles auditor (added)",
    "    clients SPA (left out)",
    "    clientGrants (left out)",
    "    triggers: post-login",
    "    databases Users: strategy, enabled_clients",
  ]);
  // What is left out is the tenant's own, like anything else that tenant.yaml does not have.
  expect(plan.unmanaged.map(({ type, name }) => `${type} ${name}`)).toContain("client SPA");
});

test("a change beside one of the overlay's is said to come from tenant.yaml alone", () => {
  const [editor] = desire().document.roles ?? [];
  const roles = [editor, { name: "clerk", description: "Files" }, { name: "guard", description: "Watches" }];
  const { changes } = planWith("roles: [{ name: guard, description: Opens }]", deployedTenant(), { roles });
  expect(changes.map(({ name, overlay }) => [name, overlay])).toEqual([
    ["clerk", undefined],
    ["guard", `description from ${FILE}`],
  ]);
});

test.each([
  ["client", "SPA", `clients: [{ name: SPA, leave_out: true }]`, deployedTenant({ client: [] }), "CLIENT_UNKNOWN"],
  [
    "API",
    AUDIENCE,
    `resourceServers: [{ identifier: "${AUDIENCE}", leave_out: true }]`,
    deployedTenant({ api: [] }),
    "API_UNKNOWN",
  ],
])(
  "what names the %s that the overlay leaves out is refused with the overlay's name",
  (type, name, text, live, code) => {
    expect(() => planWith(text, live)).toThrow(
      expect.objectContaining({
        code,
        message: expect.stringContaining(
          `${FILE} leaves out the ${type} "${name}", and tenant.example does not have it`,
        ),
      }),
    );
  },
);

test.each([
  ["client", "SPA", "clients", deployedTenant({ client: [] }), "CLIENT_UNKNOWN"],
  ["API", AUDIENCE, "resourceServers", deployedTenant({ api: [] }), "API_UNKNOWN"],
  ["connection", "partner", "connections", deployedTenant(), "REFERENCE_UNKNOWN"],
])(
  "what names the %s of a section that the overlay leaves out is refused with the overlay's name",
  (type, name, section, live, code) => {
    const more = {
      connections: [{ name: "partner", strategy: "oidc" }],
      organizations: [{ name: "library", connections: [{ name: "partner" }] }],
    };
    expect(() => planWith(`${section}: { leave_out: true }`, live, more)).toThrow(
      expect.objectContaining({
        code,
        message: expect.stringContaining(
          `${FILE} leaves out ${section}, and tenant.example does not have the ${type} "${name}". Leave out`,
        ),
      }),
    );
  },
);

test("what names one entry of the Deploy CLI's kinds that the overlay leaves out is refused with the overlay's name", () => {
  const more = {
    connections: [
      { name: "partner", strategy: "oidc" },
      { name: "other", strategy: "oidc" },
    ],
    organizations: [{ name: "library", connections: [{ name: "partner" }] }],
  };
  expect(() => planWith("connections: [{ name: partner, leave_out: true }]", deployedTenant(), more)).toThrow(
    `${FILE} leaves out the connection "partner", and tenant.example does not have it`,
  );
});

test("a change of which the overlay says nothing has no word on it", () => {
  const live = deployedTenant({ tenant: settings({ friendly_name: "Other" }) });
  const { changes } = planWith("roles: [{ name: editor, description: Other }]", live);
  expect(changes.map(({ type, name }) => `${type} ${name}`)).toEqual(["tenant settings", "role editor"]);
  expect(changes[0]).not.toHaveProperty("overlay");
  expect(changes[1]).toHaveProperty("overlay", `description from ${FILE}`);
});

test("a flow of which the overlay says nothing has no word on it, though it says something of another", () => {
  const more = {
    triggers: { "post-login": [{ action_name: "second" }, { action_name: "first" }], "post-user-registration": [] },
  };
  const { changes } = planWith("triggers: { post-user-registration: [] }", deployedTenant(), more);
  const flows = changes.filter(({ name }) => name === "post-login");
  expect(flows).toHaveLength(1);
  expect(flows[0]).not.toHaveProperty("overlay");
});

test("a plan as JSON has the same", () => {
  const json = JSON.parse(renderPlanJson(planWith("roles: [{ name: editor, description: Other }]"))) as unknown;
  expect(json).toMatchObject({
    version: 1,
    changes: [{ type: "role", name: "editor", overlay: `description from ${FILE}` }],
    overlay: { file: FILE, entries: [{ section: "roles", name: "editor", how: "changed", members: ["description"] }] },
  });
});

test("a plan without an overlay, or with an empty one, has no word on any", () => {
  for (const plan of [planTenant(desire(), deployedTenant()), planWith("")]) {
    expect(renderPlan(plan).join("\n")).not.toContain(FILE);
    expect(JSON.parse(renderPlanJson(plan))).not.toHaveProperty("overlay");
  }
});

test("an entry that a keyword makes the same as another is refused with the lines of both files", () => {
  const base = parseTenant(
    'resourceServers:\n- { name: API, identifier: "##API##" }\n',
    "tenant.yaml",
    parseSource(`resourceServers:\n- { name: API, identifier: "${AUDIENCE}" }\n`, FILE),
  );
  const { document, locate } = fillKeywords(base, { API: AUDIENCE });
  expect(() => planTenant({ ...desire(), actions: [], document, locate }, deployedTenant())).toThrow(
    expect.objectContaining({
      code: "ENTRY_TWICE",
      message: expect.stringContaining(
        `tenant.yaml:2 resourceServers[0]: api ${AUDIENCE} stands in ${FILE}:2 resourceServers[1]`,
      ) as unknown,
    }),
  );
});
