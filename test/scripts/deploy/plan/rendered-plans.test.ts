import { expect, test } from "@jest/globals";
import type { Change, FlowEntry, Plan, Reorder } from "../../../../scripts/deploy/plan/change.ts";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import { renderChange } from "../../../../scripts/deploy/plan/render-change.ts";
import { renderPlan } from "../../../../scripts/deploy/plan/render-plan.ts";
import { renderPlanJson } from "../../../../scripts/deploy/plan/render-plan-json.ts";
import type { Paint } from "../../../../scripts/terminal/paint.ts";
import { desire, emptyTenant } from "./tenants.ts";

/** What a terminal would show in a style. */
const marked: Paint = (style, text) => `<${String(style)}>${text}</>`;
const bare: Paint = (_style, text) => text;

const ours = (actionName: string): FlowEntry => ({ actionName, displayName: actionName, isOurs: true });
const theirs = (actionName: string): FlowEntry => ({ actionName, displayName: actionName, isOurs: false });
const reorder = (before: readonly string[], ...after: readonly FlowEntry[]): Reorder => ({
  operation: "reorder",
  type: "flow",
  name: "post-login",
  fields: [],
  before,
  after,
});
const made: Change = { operation: "create", type: "role", name: "clerk", fields: [] };
const changed: Change = { operation: "update", type: "role", name: "editor", id: "rol_1", patch: {}, fields: [] };
const deleted: Change = { operation: "delete", type: "role", name: "old", id: "rol_2", fields: [] };

const quiet: Plan = {
  domain: "tenant.example",
  fingerprint: "",
  changes: [],
  warnings: [],
  unmanaged: [],
  uncompared: [],
};
const WORDS = "word ".repeat(17).trim();

const full: Plan = {
  ...quiet,
  changes: [
    {
      ...made,
      fields: [
        { path: "description", before: undefined, after: "Sells" },
        { path: "permissions", before: undefined, after: "get:users" },
        { path: "permissions", before: undefined, after: "post:users" },
      ],
    },
    {
      ...changed,
      overlay: "description from environments/eu.yaml",
      fields: [
        { path: "description", before: "Edits", after: "Edits all" },
        { path: "permissions", before: "get:users", after: undefined },
      ],
    },
    {
      operation: "update",
      type: "action",
      name: "guard",
      id: "act_1",
      patch: {},
      fields: [{ path: "runtime", before: "node18", after: "node22" }],
      codeDiff: "--- live\n+++ new\n@@ -1,2 +1,2 @@\n same\n-old\n+new\n",
    },
    deleted,
    reorder(["old", "mine", "guest", "first"], ours("new"), ours("first"), theirs("guest"), ours("mine")),
  ],
  warnings: [
    { code: "ACTION_BOUND", message: "new runs from now on." },
    { code: "FIELD_OUTDATED", message: WORDS },
  ],
  uncompared: ["email-provider:settings credentials.smtp_pass"],
  unmanaged: [
    { type: "client", name: "Default App", note: "client-9" },
    { type: "role", name: "boss" },
  ],
  overlay: {
    file: "environments/eu.yaml",
    entries: [
      { section: "roles", name: "editor", how: "changed", members: ["description", "permissions"] },
      { section: "clientGrants", how: "left out" },
    ],
  } as unknown as NonNullable<Plan["overlay"]>,
};

test("a whole plan says its counts, each change, warnings, what was not compared, what is left alone, and the overlay", () => {
  expect(renderPlan(full).join("\n")).toBe(`tenant.example: 1 to create, 2 to update, 1 flow to change, 1 to delete

+ role clerk
    description: Sells
    permissions: get:users, post:users

~ role editor  (description from environments/eu.yaml)
    description: Edits → Edits all
    permissions: get:users → gone

~ action guard
    runtime: node18 → node22
    --- live
    +++ new
    @@ -1,2 +1,2 @@
     same
    -old
    +new

- role old

↕ flow post-login
    1. new  newly bound
    2. first  was 4.
    3. guest  (not ours)
    4. mine  was 2.
    old  unbound

! new runs from now on.
! word word word word word word word word word word word word word word word
  word word

Not compared, because Auth0 never returns it; --write-secrets=<type>:<name>
writes it again:
    email-provider:settings credentials.smtp_pass

Not in tenant.yaml, left alone:
    client Default App (client-9)
    role boss

From environments/eu.yaml:
    roles editor: description, permissions
    clientGrants (left out)`);
});

test("in a terminal what is made is green, what goes red, what changes yellow, and what needs no eye is dim", () => {
  expect(
    renderPlan(full, marked).join("\n"),
  ).toBe(`<bold>tenant.example: 1 to create, 2 to update, 1 flow to change, 1 to delete</>

<green>+ role clerk</>
    description: <green>Sells</>
    permissions: <green>get:users, post:users</>

<yellow>~ role editor</>  <dim>(description from environments/eu.yaml)</>
    description: Edits → <yellow>Edits all</>
    permissions: <red>get:users</> <dim>→ gone</>

<yellow>~ action guard</>
    runtime: node18 → <yellow>node22</>
    <dim>--- live</>
    <dim>+++ new</>
    <dim>@@ -1,2 +1,2 @@</>
     same
    <red>-old</>
    <green>+new</>

<red>- role old</>

<yellow>↕ flow post-login</>
    <green>1. new  newly bound</>
    <yellow>2. first  was 4.</>
    3. guest  (not ours)
    <yellow>4. mine  was 2.</>
    <red>old  unbound</>

<yellow>! new runs from now on.</>
<yellow>! word word word word word word word word word word word word word word word</>
<yellow>  word word</>

<dim>Not compared, because Auth0 never returns it; --write-secrets=<type>:<name></>
<dim>writes it again:</>
<dim>    email-provider:settings credentials.smtp_pass</>

<dim>Not in tenant.yaml, left alone:</>
<dim>    client Default App (client-9)</>
<dim>    role boss</>

<dim>From environments/eu.yaml:</>
<dim>    roles editor: description, permissions</>
<dim>    clientGrants (left out)</>`);
});

test("a whole plan as JSON has all of it, null for what is not there, and no member that it has nothing of", () => {
  const text = renderPlanJson(full);
  expect(text.split("\n").slice(0, 3)).toEqual(["{", '  "version": 1,', '  "domain": "tenant.example",']);
  expect(JSON.parse(text)).toStrictEqual({
    version: 1,
    domain: "tenant.example",
    fingerprint: "",
    changes: [
      {
        operation: "create",
        type: "role",
        name: "clerk",
        fields: [
          { path: "description", before: null, after: "Sells" },
          { path: "permissions", before: null, after: "get:users" },
          { path: "permissions", before: null, after: "post:users" },
        ],
      },
      {
        operation: "update",
        type: "role",
        name: "editor",
        fields: [
          { path: "description", before: "Edits", after: "Edits all" },
          { path: "permissions", before: "get:users", after: null },
        ],
        overlay: "description from environments/eu.yaml",
      },
      {
        operation: "update",
        type: "action",
        name: "guard",
        fields: [{ path: "runtime", before: "node18", after: "node22" }],
        codeDiff: "--- live\n+++ new\n@@ -1,2 +1,2 @@\n same\n-old\n+new\n",
      },
      { operation: "delete", type: "role", name: "old", fields: [] },
      {
        operation: "reorder",
        type: "flow",
        name: "post-login",
        fields: [],
        before: ["old", "mine", "guest", "first"],
        after: ["new", "first", "guest", "mine"],
      },
    ],
    warnings: [
      { code: "ACTION_BOUND", message: "new runs from now on." },
      { code: "FIELD_OUTDATED", message: WORDS },
    ],
    unmanaged: [
      { type: "client", name: "Default App", note: "client-9" },
      { type: "role", name: "boss" },
    ],
    uncompared: ["email-provider:settings credentials.smtp_pass"],
    overlay: {
      file: "environments/eu.yaml",
      entries: [
        { section: "roles", name: "editor", how: "changed", members: ["description", "permissions"] },
        { section: "clientGrants", how: "left out" },
      ],
    },
  });
  expect(Object.keys(JSON.parse(renderPlanJson(quiet)) as object)).toEqual([
    "version",
    "domain",
    "fingerprint",
    "changes",
    "warnings",
    "unmanaged",
    "uncompared",
  ]);
});

test("a plan of an empty tenant shows everything that tenant.yaml has, and no secret", () => {
  expect(
    renderPlan(planTenant(desire(), emptyTenant)).join("\n"),
  ).toBe(`tenant.example: 7 to create, 1 to update, 1 flow to bind

~ tenant settings
    friendly_name: Example
    session_lifetime: 168

+ api https://api.example.com/
    name: API
    enforce_policies: true
    token_lifetime: 7200
    scopes: [{"value":"get:users","description":"Read"},{"value":"post:users"}]

+ client SPA
    app_type: spa
    callbacks: https://a.example/, https://b.example/

+ client-grant SPA → https://api.example.com/
    scope: get:users

+ role editor
    description: Edits
    permissions:
      - get:users on https://api.example.com/
      - post:users on https://api.example.com/

+ database Users
    options: {"disable_signup":false}
    enabled_clients: SPA

+ action first
    runtime: node22
    dependencies[stripe]: 23.1.0
    code: 57 bytes

+ action second
    runtime: node22
    secrets[KEY]: a value
    secrets[MODE]: a value
    code: 58 bytes

↕ flow post-login
    1. first  newly bound
    2. second  newly bound

! first does not run in post-login now: this deploy binds it, and then it runs
  every time.
! second does not run in post-login now: this deploy binds it, and then it
  runs every time.`);
});

test.each<[string, readonly Change[], string]>([
  ["nothing", [], "nothing to do"],
  ["one of a sort", [made], "1 to create"],
  ["two of a sort", [deleted, deleted], "2 to delete"],
  ["a flow that had nothing", [reorder([], ours("a"))], "1 flow to bind"],
  ["a flow in another order", [reorder(["a", "b"], ours("b"), ours("a"))], "1 flow to re-order"],
  ["a flow with one more", [reorder(["a"], ours("a"), ours("b"))], "1 flow to change"],
  ["a flow with one less", [reorder(["a", "b"], ours("a"))], "1 flow to change"],
  ["a flow with one in place of another", [reorder(["a", "b"], ours("a"), ours("c"))], "1 flow to change"],
  [
    "flows of every sort, in the order in which they begin to run",
    [
      reorder(["a"], ours("b")),
      reorder(["a", "b"], ours("b"), ours("a")),
      reorder([], ours("a")),
      deleted,
      changed,
      made,
    ],
    "1 to create, 1 to update, 1 flow to bind, 1 flow to re-order, 1 flow to change, 1 to delete",
  ],
])("the head of a plan counts %s", (_what, changes, counts) => {
  expect(renderPlan({ ...quiet, changes })[0]).toBe(`tenant.example: ${counts}`);
});

test("what is shown elsewhere is counted by where, and not shown again", () => {
  const shown = new Map<Change, string>([
    [made, "eu"],
    [changed, "us"],
    [deleted, "us"],
  ]);
  const plan = { ...quiet, changes: [made, changed, deleted, reorder([], ours("a"))] };
  expect(renderPlan(plan, bare, shown)).toEqual([
    "tenant.example: 1 to create, 1 to update, 1 flow to bind, 1 to delete",
    "",
    "↕ flow post-login",
    "    1. a  newly bound",
    "",
    "1 change is the same as for eu.",
    "2 changes are the same as for us.",
  ]);
});

test("lists of a plan are folded to a terminal's width, deeper than they begin", () => {
  const overlay = { file: "eu.yaml", entries: [{ section: "roles", how: "changed", members: WORDS.split(" ") }] };
  const plan = {
    ...quiet,
    uncompared: [WORDS],
    unmanaged: [{ type: "role" as const, name: WORDS }],
    overlay: overlay as unknown as NonNullable<Plan["overlay"]>,
  };
  expect(renderPlan(plan).filter((line) => line.includes("word"))).toEqual([
    `    ${"word ".repeat(15).trim()}`,
    `      ${"word ".repeat(2).trim()}`,
    `    role ${"word ".repeat(14).trim()}`,
    `      ${"word ".repeat(3).trim()}`,
    `    roles: ${"word, ".repeat(11).trim()}`,
    `      ${"word, ".repeat(6).slice(0, -2)}`,
  ]);
});

test("a flow from which somebody else's Action moves says so", () => {
  expect(renderChange(reorder(["guest", "a"], ours("a"), theirs("guest")))).toEqual([
    "↕ flow post-login",
    "    1. a  was 2.",
    "    2. guest  (not ours)  was 1.",
  ]);
});
