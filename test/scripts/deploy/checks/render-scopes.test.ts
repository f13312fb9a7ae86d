import { expect, test } from "@jest/globals";
import { renderScopes, renderScopesJson, type ScopesReport } from "../../../../scripts/deploy/checks/render-scopes.ts";
import type { Paint } from "../../../../scripts/terminal/paint.ts";

const required = [
  { scope: "read:clients", reason: "every plan" },
  { scope: "create:roles", reason: "roles in tenant.yaml" },
];
const domain = "tenant.example";
const report = (...granted: readonly string[]): ScopesReport => ({ required, granted: new Set(granted), domain });
const unasked: ScopesReport = { required, granted: undefined, domain: undefined };
const bare: Paint = (_style, text) => text;
const marked: Paint = (style, text) => `<${String(style)}>${text}</>`;

test.each<[string, ScopesReport, string]>([
  [
    "without a client, what one will need",
    unasked,
    `SCOPE         FOR
read:clients  every plan
create:roles  roles in tenant.yaml

2 scopes. Without credentials nobody was asked what is granted.
npm run why needs read:logs as well.`,
  ],
  [
    "that a client has all of them",
    report("read:clients", "create:roles", "read:logs"),
    `SCOPE         FOR                   GRANTED
read:clients  every plan            yes
create:roles  roles in tenant.yaml  yes

The client has all 2 on tenant.example.
npm run why needs read:logs as well.`,
  ],
  [
    "which ones a client lacks, and how many it has too much",
    report("read:clients", "read:users", "delete:users"),
    `SCOPE         FOR                   GRANTED
read:clients  every plan            yes
create:roles  roles in tenant.yaml  missing

The client lacks 1 of 2 on tenant.example: create:roles
It also has 2 that nothing here needs; --json names them.
npm run why needs read:logs as well.`,
  ],
  [
    "all that a client without any lacks",
    report(),
    `SCOPE         FOR                   GRANTED
read:clients  every plan            missing
create:roles  roles in tenant.yaml  missing

The client lacks 2 of 2 on tenant.example: read:clients create:roles
npm run why needs read:logs as well.`,
  ],
])("a list of scopes says %s", (_what, scopes, expected) => {
  expect(renderScopes(scopes, bare)).toBe(expected);
});

test("what is granted is green, what is missing red, and the titles stand back", () => {
  const [header, first, second] = renderScopes(report("read:clients"), marked).split("\n");
  expect(header).toMatch(/^<dim>SCOPE<\/> +<dim>FOR<\/> +<dim>GRANTED<\/>$/);
  expect(first).toMatch(/ <green>yes<\/>$/);
  expect(second).toMatch(/ <red>missing<\/>$/);
});

test("a long list of what is missing is folded to a terminal's width", () => {
  const many = Array.from({ length: 6 }, (_, index) => ({ scope: `create:something_${index}`, reason: "clients" }));
  const lines = renderScopes({ required: many, granted: new Set(), domain }, bare).split("\n");
  expect(lines.slice(8)).toEqual([
    "The client lacks 6 of 6 on tenant.example: create:something_0 create:something_1",
    "create:something_2 create:something_3 create:something_4 create:something_5",
    "npm run why needs read:logs as well.",
  ]);
});

test.each<[string, ScopesReport, unknown]>([
  ["without a client", unasked, null],
  [
    "of a client that lacks one, what it has too much in the order of the alphabet",
    report("read:clients", "read:users", "read:logs", "delete:users"),
    { domain: "tenant.example", missing: ["create:roles"], surplus: ["delete:users", "read:users"] },
  ],
])("a list of scopes as JSON %s", (_what, scopes, client) => {
  expect(JSON.parse(renderScopesJson(scopes))).toEqual({
    version: 1,
    required: [
      { scope: "read:clients", reason: "every plan" },
      { scope: "create:roles", reason: "roles in tenant.yaml" },
    ],
    optional: [{ scope: "read:logs", reason: "npm run why" }],
    client,
  });
});

test("JSON of scopes is indented by two", () => {
  expect(renderScopesJson(unasked).split("\n").slice(0, 3)).toEqual(["{", '  "version": 1,', '  "required": [']);
});
