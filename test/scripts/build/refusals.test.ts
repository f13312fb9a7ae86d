import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import type { Finding } from "../../../scripts/build/finding.ts";
import {
  addAction,
  addPackage,
  type ProjectDraft,
  removeProject,
  setHandler,
  writeProject,
} from "./fixture-project.ts";
import { createQuickBuild } from "./quick-build.ts";

const buildProject = createQuickBuild();
const directories: string[] = [];
afterEach(() => Promise.all(directories.splice(0).map(removeProject)));

async function findIn(edit: (draft: ProjectDraft) => void, environment = {}): Promise<readonly Finding[]> {
  const directory = await writeProject(edit);
  directories.push(directory);
  return (await buildProject(directory, environment)).findings;
}

const numbered = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, i) => make(i));
const PROFILE = { name: "cards", type: "custom_authentication", subject_token_type: "urn:example:card" };
const guard = (draft: ProjectDraft) => draft.tenant.actions[0]!;

interface Refusal {
  readonly name: string;
  readonly edit: (draft: ProjectDraft) => void;
  readonly environment?: Record<string, string>;
  readonly expected: Partial<Finding>;
  /** In the message. */
  readonly says: string;
}

const inSource = (line: number) => `actions/guard/action.ts:${line}`;
const inTenant = (): string => expect.stringMatching(/^tenant\.yaml:\d+$/) as unknown as string;

const errors: Refusal[] = [
  {
    name: "code over 100 kB",
    edit: (draft) => setHandler(draft, `console.log(${JSON.stringify("x".repeat(100_000))});`),
    expected: { code: "ACTION_TOO_LARGE", place: "actions/guard/action.ts", limit: "100000 bytes" },
    says: "The bundle of guard has 100",
  },
  {
    name: "11 dependencies",
    edit: (draft) => {
      guard(draft).dependencies = numbered(11, (i) => ({ name: `p${i}`, version: "1.0.0" }));
      draft.locked = Object.fromEntries(guard(draft).dependencies.map(({ name, version }) => [name, version]));
      setHandler(draft, ...guard(draft).dependencies.map(({ name }) => `await import("${name}");`));
    },
    expected: { code: "TOO_MANY_DEPENDENCIES", place: inTenant(), limit: "10 dependencies" },
    says: "guard has 11",
  },
  {
    name: "31 secrets",
    edit: (draft) => guard(draft).secrets.push(...numbered(30, (i) => ({ name: `S${i}`, value: "v" }))),
    expected: { code: "TOO_MANY_SECRETS", place: inTenant(), limit: "30 secrets" },
    says: "guard has 31",
  },
  {
    name: "a secret's name of 129 characters",
    edit: (draft) => guard(draft).secrets.push({ name: "N".repeat(129), value: "v" }),
    expected: { code: "SECRET_NAME_LENGTH", place: inTenant(), limit: "128 characters" },
    says: "has 129 characters",
  },
  {
    name: "a secret without a name",
    edit: (draft) => guard(draft).secrets.push({ name: "", value: "v" }),
    expected: { code: "SECRET_NAME_LENGTH", place: inTenant() },
    says: "between 1 and the limit",
  },
  {
    name: "a secret's literal value of 4097 characters",
    edit: (draft) => guard(draft).secrets.push({ name: "LONG", value: "v".repeat(4097) }),
    expected: { code: "SECRET_VALUE_LENGTH", place: inTenant(), limit: "4096 characters" },
    says: "LONG has 4097 characters",
  },
  {
    name: "a secret's filled value of 4097 characters",
    edit: (draft) => guard(draft).secrets.push({ name: "LONG", value: "@@LONG@@" }),
    environment: { LONG: "v".repeat(4097) },
    expected: { code: "SECRET_VALUE_LENGTH", place: inTenant(), limit: "4096 characters" },
    says: "LONG has 4097 characters",
  },
  {
    name: "two secrets of one name",
    edit: (draft) => guard(draft).secrets.push({ name: "API_IDENTIFIER", value: "v" }),
    expected: { code: "SECRET_TWICE", place: inTenant() },
    says: "two secrets called API_IDENTIFIER",
  },
  {
    name: "a role whose permissions are left to the tenant",
    edit: (draft) => {
      Object.assign(draft.tenant, { roles: [{ name: "clerk", description: "Sells" }, ...draft.tenant.roles] });
    },
    expected: { code: "ROLE_PERMISSIONS_UNKNOWN", place: inTenant() },
    says: "guard is built from the permissions of the role clerk",
  },
  {
    name: "the last role's permissions left to the tenant",
    edit: (draft) => {
      Object.assign(draft.tenant, { roles: [...draft.tenant.roles, { name: "reader" }] });
    },
    expected: { code: "ROLE_PERMISSIONS_UNKNOWN", place: inTenant() },
    says: "guard is built from the permissions of the role reader",
  },
  {
    name: "21 bound Actions",
    edit: (draft) => {
      for (const name of numbered(20, (i) => `a${i}`)) addAction(draft, name, {});
    },
    expected: { code: "TOO_MANY_BOUND_ACTIONS", place: inTenant(), limit: "20 Actions" },
    says: "post-login has 21",
  },
  {
    name: "a handler under another name",
    edit: (draft) => {
      draft.sources["actions/guard/action.ts"] = "export const onExecuteLogin = async () => {};";
    },
    expected: { code: "HANDLER_MISSING", place: "actions/guard/action.ts" },
    says: 'The platform would refuse guard: Invalid function signature for the "onExecutePostLogin" handler.',
  },
  {
    name: "a handler that is only the default export",
    edit: (draft) => {
      draft.sources["actions/guard/action.ts"] = "export default async () => {};";
    },
    expected: { code: "HANDLER_MISSING" },
    says: 'Invalid function signature for the "onExecutePostLogin" handler.',
  },
  {
    name: "a handler that returns a promise without being async",
    edit: (draft) => {
      draft.sources["actions/guard/action.ts"] = "export const onExecutePostLogin = () => Promise.resolve();";
    },
    expected: { code: "HANDLER_NOT_ASYNC", place: "actions/guard/action.ts" },
    says: "Write: export const onExecutePostLogin = async",
  },
  {
    name: "an async generator",
    edit: (draft) => {
      draft.sources["actions/guard/action.ts"] = "export async function* onExecutePostLogin() {}";
    },
    expected: { code: "HANDLER_NOT_ASYNC" },
    says: 'Use "exports.onExecutePostLogin = async function(event, api) { }"',
  },
  {
    name: "a second handler that is not async",
    edit: (draft) => {
      draft.sources["actions/guard/action.ts"] += "\nexport const onContinuePostLogin = () => {};";
    },
    expected: { code: "HANDLER_NOT_ASYNC" },
    says: 'the "onContinuePostLogin" handler',
  },
  {
    name: "a redirect that nothing comes back to",
    edit: (draft) => setHandler(draft, "", '  api.redirect.sendUserTo("https://example.com");'),
    expected: { code: "REDIRECT_WITHOUT_RETURN", place: inSource(3) },
    says: "does not export onContinuePostLogin",
  },
  {
    name: "the handler of another trigger",
    edit: (draft) =>
      addAction(draft, "machine", { supported_triggers: [{ id: "credentials-exchange", version: "v2" }] }),
    expected: { code: "HANDLER_MISSING", place: "actions/machine/action.ts" },
    says: 'the "onExecuteCredentialsExchange" handler',
  },
  {
    name: "code that throws when it is loaded",
    edit: (draft) => {
      draft.sources["actions/guard/action.ts"] += '\nthrow new Error("no such table");';
    },
    expected: { code: "ACTION_DOES_NOT_LOAD", place: "actions/guard/action.ts" },
    says: "no such table",
  },
  {
    name: "code that does not parse",
    edit: (draft) => setHandler(draft, "const = 1;"),
    expected: { code: "ACTION_DOES_NOT_COMPILE", place: inSource(2) },
    says: "Expected identifier",
  },
  {
    name: "an import of a file that is not there",
    edit: (draft) => {
      draft.sources["actions/guard/action.ts"] += '\nimport "./nowhere.ts";';
    },
    expected: { code: "ACTION_DOES_NOT_COMPILE", place: inSource(5) },
    says: "./nowhere.ts",
  },
  {
    name: "an Action without a source",
    edit: (draft) => {
      addAction(draft, "ghost", {});
      delete draft.sources["actions/ghost/action.ts"];
    },
    expected: { code: "ACTION_SOURCE_MISSING", place: inTenant() },
    says: "Create actions/ghost/action.ts",
  },
  {
    name: "an Action whose code is not what the build makes",
    edit: (draft) => addAction(draft, "other", { code: "./dist/actions/othr.js" }),
    expected: { code: "ACTION_CODE_PATH", place: inTenant() },
    says: "./dist/actions/other.js",
  },
  {
    name: "two Actions of one name",
    edit: (draft) => addAction(draft, "guard", { deployed: false }),
    expected: { code: "ACTION_NAME_TWICE", place: inTenant() },
    says: "called guard (the other: tenant.yaml:",
  },
  {
    name: "a runtime that the platform removed",
    edit: (draft) => {
      guard(draft).runtime = "node16";
    },
    expected: { code: "RUNTIME_UNKNOWN", place: inTenant() },
    says: 'the runtime "node16". Write node22 or node18-actions',
  },
  {
    name: "a name that every object has, as a runtime",
    edit: (draft) => {
      guard(draft).runtime = "constructor";
    },
    expected: { code: "RUNTIME_UNKNOWN" },
    says: '"constructor"',
  },
  {
    name: "two triggers for one Action",
    edit: (draft) => guard(draft).supported_triggers.push({ id: "credentials-exchange", version: "v2" }),
    expected: { code: "TRIGGER_COUNT", place: inTenant() },
    says: "supports 2 triggers",
  },
  {
    name: "an old version of a trigger",
    edit: (draft) => {
      guard(draft).supported_triggers = [{ id: "post-login", version: "v2" }];
    },
    expected: { code: "TRIGGER_VERSION", place: inTenant() },
    says: "Its current version is v3",
  },
  {
    name: "a restricted claim",
    edit: (draft) => setHandler(draft, "", '  api.accessToken.setCustomClaim("roles", []);'),
    expected: { code: "CLAIM_RESTRICTED", place: inSource(3) },
    says: '"roles" is restricted',
  },
  {
    name: "a restricted claim behind a constant of another file",
    edit: (draft) => {
      setHandler(draft, "  api.idToken.setCustomClaim(ORG, 1);");
      draft.sources["actions/guard/action.ts"] += '\nimport { ORG } from "./names.ts";';
      draft.sources["actions/guard/names.ts"] = 'export const ORG = "org" + "_id";';
    },
    expected: { code: "CLAIM_RESTRICTED", place: inSource(2) },
    says: '"org_id" is restricted',
  },
  {
    name: "a restricted claim behind a constant of the same file",
    edit: (draft) => {
      setHandler(draft, "  api.idToken.setCustomClaim(SUBJECT, 1);");
      draft.sources["actions/guard/action.ts"] += '\nconst OTHER = 1, SUBJECT = "sub";';
    },
    expected: { code: "CLAIM_RESTRICTED", place: inSource(2) },
    says: '"sub" is restricted',
  },
  {
    name: "a restricted claim by a computed member",
    edit: (draft) => setHandler(draft, "  api.idToken['setCustomClaim'](`aud`, 1);"),
    expected: { code: "CLAIM_RESTRICTED", place: inSource(2) },
    says: '"aud" is restricted',
  },
  {
    name: "the scope claim, which throws at login",
    edit: (draft) => setHandler(draft, '  api.accessToken.setCustomClaim("scope", "");'),
    expected: { code: "CLAIM_RESTRICTED", place: inSource(2) },
    says: "removeScope",
  },
  {
    name: "a claim under Auth0's own domain",
    edit: (draft) => setHandler(draft, '  api.accessToken.setCustomClaim("https://shop.eu.auth0.com/email", 1);'),
    expected: { code: "CLAIM_NAMESPACE_RESERVED", place: inSource(2) },
    says: "namespace of Auth0's own",
  },
  {
    name: "a claim under Auth0's own domain with a computed end",
    edit: (draft) => setHandler(draft, "  api.accessToken.setCustomClaim(`https://webtask.run/$" + "{event.x}`, 1);"),
    expected: { code: "CLAIM_NAMESPACE_RESERVED", place: inSource(2) },
    says: "https://webtask.run/",
  },
  {
    name: "a claim under Auth0's own URN",
    edit: (draft) => setHandler(draft, '  api.accessToken.setCustomClaim("urn:auth0:email", 1);'),
    expected: { code: "CLAIM_NAMESPACE_RESERVED", place: inSource(2) },
    says: "urn:auth0:email",
  },
  {
    name: "an undeclared dependency",
    edit: (draft) => setHandler(draft, "", '  await import("stripe/lib/x");'),
    expected: { code: "DEPENDENCY_UNDECLARED", place: inSource(3) },
    says: 'guard loads "stripe/lib/x", which the platform would not find. Declare stripe',
  },
  {
    name: "an undeclared dependency with a scoped name, by require",
    edit: (draft) => setHandler(draft, '  require("@auth0/actions/test");'),
    expected: { code: "DEPENDENCY_UNDECLARED", place: inSource(2) },
    says: "Declare @auth0/actions under",
  },
  ...["^23.1.0", "23", "latest", "", "23.x", ">=23.1.0"].map(
    (version): Refusal => ({
      name: `a dependency pinned to ${version || "nothing"}`,
      edit: (draft: ProjectDraft) => {
        guard(draft).dependencies = [{ name: "stripe", version }];
        setHandler(draft, '  await import("stripe");');
      },
      expected: { code: "DEPENDENCY_UNPINNED", place: inTenant() },
      says: `"${version}" is not an exact version, so two deploys could differ. Write 23.1.0`,
    }),
  ),
  {
    name: "a dependency that is not here and that npm cannot get",
    edit: (draft) => {
      guard(draft).dependencies = [{ name: "left-pad", version: "1.3.0" }];
      setHandler(draft, '  await import("left-pad");');
    },
    expected: { code: "DEPENDENCY_OFFLINE", place: inTenant() },
    says: "left-pad@1.3.0 is not on this machine, and npm cannot reach a registry (ENOTCACHED). Try again online.",
  },
  {
    name: "a role's permission that the API does not define",
    edit: ({ tenant }) => {
      tenant.roles[0]!.permissions.push({ ...tenant.roles[0]!.permissions[0]!, permission_name: "get:order" });
    },
    expected: { code: "SCOPE_UNKNOWN", place: inTenant() },
    says: "The role buyer has get:order, which ##API_IDENTIFIER## does not define",
  },
  {
    name: "a client grant with an unknown scope",
    edit: ({ tenant }) => tenant.clientGrants[0]!.scope.push("get:everything"),
    expected: { code: "SCOPE_UNKNOWN", place: inTenant() },
    says: "The grant of Worker has get:everything",
  },
  {
    name: "a bound Action that does not exist",
    edit: ({ tenant }) => tenant.triggers["post-login"]!.push({ action_name: "gaurd" }),
    expected: { code: "ACTION_UNKNOWN", place: inTenant() },
    says: "post-login binds gaurd",
  },
  {
    name: "an Action that is bound twice",
    edit: ({ tenant }) => tenant.triggers["post-login"]!.push({ action_name: "guard" }),
    expected: { code: "ACTION_BOUND_TWICE", place: inTenant() },
    says: "guard is bound to post-login twice",
  },
  {
    name: "an Action that is bound to another trigger than it supports",
    edit: ({ tenant }) => {
      tenant.triggers["credentials-exchange"] = [{ action_name: "guard" }];
    },
    expected: { code: "TRIGGER_MISMATCH", place: inTenant() },
    says: "guard is bound to credentials-exchange but supports post-login",
  },
  {
    name: "a bound Action that is not deployed",
    edit: (draft) => {
      guard(draft).deployed = false;
    },
    expected: { code: "BOUND_ACTION_NOT_DEPLOYED", place: inTenant() },
    says: "Write deployed: true",
  },
  ...["##HOME##", "@@PATH@@"].map(
    (marker): Refusal => ({
      name: `the marker ${marker} in a bundle`,
      edit: (draft: ProjectDraft) => setHandler(draft, "", `  console.log("${marker}");`),
      expected: { code: "MARKER_IN_BUNDLE", place: inSource(3) },
      says: `${marker} in guard would be replaced`,
    }),
  ),
  {
    name: "compiled-in grants of an API that is not there",
    edit: (draft) => {
      guard(draft).secrets = [{ name: "API_IDENTIFIER", value: "https://c/" }];
    },
    expected: { code: "GRANTS_API_UNKNOWN", place: inTenant() },
    says: "names the API https://c/",
  },
  {
    name: "compiled-in grants without an API",
    edit: (draft) => {
      guard(draft).secrets = [];
    },
    expected: { code: "GRANTS_API_UNKNOWN", place: inTenant() },
    says: "has no secret API_IDENTIFIER",
  },
];

const warnings: Refusal[] = [
  {
    name: "a role's permission on an unknown API",
    edit: ({ tenant }) => {
      tenant.roles[0]!.permissions.push({ permission_name: "get:orders", resource_server_identifier: "https://c/" });
    },
    expected: { code: "API_UNKNOWN", place: inTenant() },
    says: "The role buyer names the API https://c/",
  },
  {
    name: "a client grant for an unknown API",
    edit: ({ tenant }) => {
      tenant.clientGrants[0]!.audience = "https://c/";
    },
    expected: { code: "API_UNKNOWN", place: inTenant() },
    says: "The grant of Worker names the API https://c/",
  },
  {
    name: "a role table without a role",
    edit: (draft) => {
      draft.tenant.roles = [];
    },
    expected: { code: "ROLE_TABLE_EMPTY", place: inTenant() },
    says: "guard takes them all out of every token",
  },
  {
    name: "roles that grant nothing",
    edit: (draft) => {
      draft.tenant.roles[0]!.permissions = [];
    },
    expected: { code: "ROLE_TABLE_EMPTY", place: inTenant() },
    says: "No role in tenant.yaml grants a scope of ##API_IDENTIFIER##",
  },
  {
    name: "a dependency in another version than package-lock.json has",
    edit: (draft) => {
      guard(draft).dependencies = [{ name: "greeting", version: "1.0.0" }];
      draft.locked = { greeting: "2.0.0" };
      addPackage(draft, "greeting", "1.0.0");
      setHandler(draft, '  await import("greeting");');
    },
    expected: { code: "DEPENDENCY_VERSION", place: inTenant() },
    says: "greeting is 1.0.0 here but 2.0.0 in package-lock.json",
  },
  {
    name: "a declared dependency that is never loaded",
    edit: (draft) => guard(draft).dependencies.push({ name: "stripe", version: "23.1.0" }),
    expected: { code: "DEPENDENCY_UNUSED", place: inTenant() },
    says: "never loads stripe",
  },
  {
    name: "an Action that no flow has",
    edit: ({ tenant }) => {
      tenant.triggers["post-login"] = [];
    },
    expected: { code: "ACTION_NEVER_RUNS", place: inTenant() },
    says: "guard never runs: it is not under triggers, post-login. Add it there, or write deployed: false",
  },
  {
    name: "an Action whose trigger is not in the file, where others are",
    edit: (draft) => {
      const supported_triggers = [{ id: "credentials-exchange", version: "v2" }];
      addAction(
        draft,
        "machine",
        { supported_triggers },
        "export const onExecuteCredentialsExchange = async () => {};",
      );
      delete draft.tenant.triggers["credentials-exchange"];
    },
    expected: { code: "ACTION_NEVER_RUNS", place: inTenant() },
    says: "machine never runs: it is not under triggers, credentials-exchange.",
  },
  {
    name: "an Action for an event stream, where no stream names it",
    edit: (draft) => {
      const supported_triggers = [{ id: "event-stream", version: "v1" }];
      addAction(draft, "listener", { supported_triggers }, "export const onExecuteEventStream = async () => {};");
      const destination = { type: "action", configuration: { action_id: "guard" } };
      Object.assign(draft.tenant, { eventStreams: [{ name: "people", destination }] });
    },
    expected: { code: "ACTION_NEVER_RUNS", place: inTenant() },
    says: "listener never runs: it is not under eventStreams.",
  },
  {
    name: "an Action for token exchanges, where no profile names it",
    edit: (draft) => {
      const supported_triggers = [{ id: "custom-token-exchange", version: "v1" }];
      addAction(draft, "swap", { supported_triggers }, "export const onExecuteCustomTokenExchange = async () => {};");
      Object.assign(draft.tenant, { tokenExchangeProfiles: [{ ...PROFILE, action: "guard" }] });
    },
    expected: { code: "ACTION_NEVER_RUNS", place: inTenant() },
    says: "swap never runs: it is not under tokenExchangeProfiles.",
  },
  ...["greet/action.ts", "greet/action.js", "Greet people/code.js"].map(
    (file): Refusal => ({
      name: `the folder of actions/${file}, which no Action is made from`,
      edit: ({ sources }) => {
        sources[`actions/${file}`] = "";
      },
      expected: { code: "ACTION_FOLDER_UNUSED", place: `actions/${file.split("/")[0]}` },
      says: `Add one with code: ./dist/actions/${file.split("/")[0]}.js, remove the folder, or name it in a comment`,
    }),
  ),
  {
    name: "a profile claim without a namespace",
    edit: (draft) => setHandler(draft, '  api.accessToken.setCustomClaim("email", 1);'),
    expected: { code: "CLAIM_NEEDS_SCOPE", place: inSource(2) },
    says: "stripped from tokens",
  },
  {
    name: "an API that only an Action guards",
    edit: (draft) => {
      draft.tenant.resourceServers[0]!.enforce_policies = false;
    },
    expected: { code: "API_GUARDED_BY_ACTION_ALONE", place: inTenant() },
    says: "RBAC is off for Shop: only guard",
  },
  {
    name: "the same where RBAC is not mentioned",
    edit: (draft) => {
      draft.tenant.resourceServers[0]!.enforce_policies = undefined;
    },
    expected: { code: "API_GUARDED_BY_ACTION_ALONE", place: inTenant() },
    says: "RBAC is off for Shop",
  },
];

test.each(errors)("refuses $name, and finds nothing else", async ({ edit, environment, expected, says }) => {
  const findings = await findIn(edit, environment);
  expect(findings).toEqual([expect.objectContaining({ severity: "error", ...expected })]);
  expect(findings[0]?.message).toContain(says);
});

test.each(warnings)("warns of $name, and finds nothing else", async ({ edit, expected, says }) => {
  const findings = await findIn(edit);
  expect(findings).toEqual([expect.objectContaining({ severity: "warning", ...expected })]);
  expect(findings[0]?.message).toContain(says);
});

test.each<[string, (draft: ProjectDraft) => void]>([
  ["a flawless project", () => {}],
  [
    "a redirect with a handler for the way back",
    (draft) => {
      setHandler(draft, '  api.redirect.sendUserTo("https://example.com");');
      draft.sources["actions/guard/action.ts"] += "\nexport const onContinuePostLogin = async () => {};";
    },
  ],
  ["Node's own modules, with and without their prefix", (d) => setHandler(d, 'require("node:crypto"); require("fs");')],
  [
    "a declared dependency that is loaded late",
    (draft) => {
      guard(draft).dependencies = [{ name: "stripe", version: "23.1.0" }];
      setHandler(draft, '  await import("stripe");');
    },
  ],
  [
    "an import of types from a package",
    (draft) => {
      draft.sources["actions/guard/action.ts"] += '\nimport type { Event } from "@auth0/actions/post-login/v3";';
    },
  ],
  [
    "a claim in a namespace of one's own",
    (d) => setHandler(d, '  api.idToken.setCustomClaim("https://a.com/roles", 1);'),
  ],
  [
    "a namespace that only looks like Auth0's",
    (d) => setHandler(d, '  api.idToken.setCustomClaim("https://myauth0.com/a", 1);'),
  ],
  [
    "a folder that an Action shares with others",
    (draft) => {
      draft.sources["actions/guard/action.ts"] += '\nimport "../shared/words.ts";';
      draft.sources["actions/shared/words.ts"] = 'console.log("hello");';
    },
  ],
  ["an Action that waits: not deployed, in no flow", (d) => addAction(d, "later", { deployed: false })],
  [
    "an Action whose flow is left to the tenant",
    ({ tenant }) => {
      Object.assign(tenant, { triggers: undefined });
    },
  ],
  [
    "an Action that an event stream names",
    (draft) => {
      const supported_triggers = [{ id: "event-stream", version: "v1" }];
      addAction(draft, "listener", { supported_triggers }, "export const onExecuteEventStream = async () => {};");
      const destination = { type: "action", configuration: { action_id: "listener" } };
      Object.assign(draft.tenant, { eventStreams: [{ name: "people", destination }] });
    },
  ],
  ["exactly 128 and 4096 characters", (d) => guard(d).secrets.push({ name: "N".repeat(128), value: "v".repeat(4096) })],
  [
    "a grant on the Management API",
    ({ tenant }) =>
      tenant.clientGrants.push({ client_id: "Worker", audience: "https://##D##/api/v2/", scope: ["read:users"] }),
  ],
  [
    "a role with a scope of the Management API",
    ({ tenant }) =>
      tenant.roles[0]!.permissions.push({
        permission_name: "read:users",
        resource_server_identifier: "https://##D##/api/v2/",
      }),
  ],
  [
    "an API without RBAC that no Action filters",
    ({ tenant }) => {
      tenant.resourceServers.push({ name: "Open", identifier: "https://d/", enforce_policies: false, scopes: [] });
    },
  ],
])("finds nothing in %s", async (_, edit) => {
  expect(await findIn(edit)).toEqual([]);
});

test("all findings come in one run, errors first", async () => {
  const findings = await findIn((draft) => {
    setHandler(draft, '  api.accessToken.setCustomClaim("sub", "##HOME##");', '  require("left-pad");');
    guard(draft).runtime = "node12";
    guard(draft).dependencies = [{ name: "stripe", version: "latest" }];
    draft.tenant.resourceServers[0]!.identifier = "https://other";
    draft.tenant.triggers["post-login"]!.push({ action_name: "nobody" });
  });
  expect(findings.map(({ code }) => code).sort()).toEqual([
    "ACTION_UNKNOWN",
    "API_UNKNOWN",
    "API_UNKNOWN",
    "CLAIM_RESTRICTED",
    "DEPENDENCY_UNDECLARED",
    "DEPENDENCY_UNPINNED",
    "DEPENDENCY_UNUSED",
    "MARKER_IN_BUNDLE",
    "RUNTIME_UNKNOWN",
  ]);
  expect(findings.at(-1)?.severity).toBe("warning");
});

test("a value of the environment is in no finding", async () => {
  const findings = await findIn((draft) => guard(draft).secrets.push({ name: "KEY", value: "@@KEY@@" }), {
    KEY: "hush".repeat(2000),
  });
  expect(JSON.stringify(findings)).not.toContain("hush");
});

test("a folder that waits is named in a comment of tenant.yaml, by its whole name", async () => {
  const directory = await writeProject(({ sources }) => {
    sources["actions/greet/action.ts"] = "";
  });
  directories.push(directory);
  const file = join(directory, "tenant.yaml");
  const text = await readFile(file, "utf8");
  const findWith = async (comment: string) => {
    await writeFile(file, `${text}\n# ${comment}\n`);
    return (await buildProject(directory, {})).findings.map(({ code }) => code);
  };
  expect(await findWith("greet-people is for later")).toEqual(["ACTION_FOLDER_UNUSED"]);
  expect(await findWith("actions/greet is for later")).toEqual([]);
  expect(await findWith("- code: ./dist/actions/greet.js")).toEqual([]);
});

test.each(["shared/words.ts", "greet/lib/action.ts", "greet/.DS_Store", "action.ts"])(
  "actions/%s is not the file of an Action: its folder is not one",
  async (file) => {
    expect(await findIn(({ sources }) => Object.assign(sources, { [`actions/${file}`]: "" }))).toEqual([]);
  },
);

test("a folder that an environment's own file names is used there, and does not keep that environment from being built", async () => {
  const directory = await writeProject(({ sources }) => {
    sources["actions/greet-eu/code.js"] = "";
    sources["actions/idle/code.js"] = "";
  });
  directories.push(directory);
  await mkdir(join(directory, "environments"));
  await writeFile(
    join(directory, "environments/eu.yaml"),
    "tenant: { friendly_name: EU }\n# ./actions/greet-eu/code.js\n",
  );
  for (const name of [undefined, "eu", "us"]) {
    const { findings } = await buildProject(directory, {}, name);
    expect(findings.map(({ code, place }) => [code, place])).toEqual([["ACTION_FOLDER_UNUSED", "actions/idle"]]);
  }
});
