import { afterEach, expect, test } from "@jest/globals";
import type { Finding } from "../../../scripts/build/finding.ts";
import { addAction, type ProjectDraft, removeProject, writeProject } from "./fixture-project.ts";
import { createQuickBuild } from "./quick-build.ts";

const buildProject = createQuickBuild();
const directories: string[] = [];
afterEach(() => Promise.all(directories.splice(0).map(removeProject)));

const API = "##API_IDENTIFIER##";
const NAMES_CLAIMS = [
  "export const onExecutePostLogin = async (event: any, api: any) => {",
  "  const prefix = event.secrets.CLAIM_NAMESPACE ?? event.resource_server.identifier;",
  "  api.accessToken.setCustomClaim(prefix, event.user.email);",
  "};",
].join("\n");

interface Given {
  readonly secrets?: readonly { readonly name: string; readonly value: string }[];
  readonly environment?: Record<string, string>;
  readonly stripe?: object;
  readonly edit?: (draft: ProjectDraft) => void;
}

/** What is found in a project with an Action that names claims. */
async function findWith({
  secrets = [{ name: "API_IDENTIFIER", value: API }],
  environment = {},
  stripe,
  edit,
}: Given): Promise<readonly Finding[]> {
  const directory = await writeProject((draft) => {
    addAction(draft, "claims", { secrets: [...secrets] }, NAMES_CLAIMS);
    if (stripe !== undefined) draft.sources["stripe.json"] = JSON.stringify(stripe);
    edit?.(draft);
  });
  directories.push(directory);
  return (await buildProject(directory, environment)).findings;
}

const withNamespace = (value: string, identifier = API) => [
  { name: "API_IDENTIFIER", value: identifier },
  { name: "CLAIM_NAMESPACE", value },
];
const inTenant = expect.stringMatching(/^tenant\.yaml:\d+$/);

test.each([
  ["that no Action is for", { name: "Ledger", identifier: "urn:ledger-api" }],
  ["of a host, without a slash", { name: "Other", identifier: "https://b" }],
])("an API %s may be named as it likes", async (_, api) => {
  const edit = (draft: ProjectDraft) => {
    draft.tenant.resourceServers.push({ ...api, enforce_policies: true, scopes: [] });
  };
  expect(await findWith({ edit })).toEqual([]);
});

test("an API that an Action filters the scopes of, and names no claims for, may be named as it likes", async () => {
  const directory = await writeProject();
  directories.push(directory);
  const { findings } = await buildProject(directory, { API_IDENTIFIER: "https://api.example.com" });
  expect(findings).toEqual([]);
});

test.each([
  ["in the environment", {}, { API_IDENTIFIER: "https://api.example.com" }, "https://api.example.com"],
  [
    "in tenant.yaml",
    {
      secrets: [{ name: "API_IDENTIFIER", value: "urn:ledger-api" }],
      edit: ({ tenant }: ProjectDraft) => {
        tenant.resourceServers.push({
          name: "Ledger",
          identifier: "urn:ledger-api",
          enforce_policies: true,
          scopes: [],
        });
      },
    },
    {},
    "urn:ledger-api",
  ],
])("the API that claims are named after ends in a slash, also %s", async (_, given, environment, identifier) => {
  expect(await findWith({ ...given, environment })).toEqual([
    {
      severity: "error",
      code: "AUDIENCE_WITHOUT_SLASH",
      place: inTenant,
      message: expect.stringMatching(new RegExp(`${identifier}.*CLAIM_NAMESPACE`)),
    },
  ]);
});

test("without API_IDENTIFIER every API without a slash is one that gets no claims", async () => {
  const environment = { API_IDENTIFIER: "https://api.example.com" };
  expect(await findWith({ secrets: [], environment })).toMatchObject([
    { severity: "warning", code: "AUDIENCE_WITHOUT_SLASH", message: expect.stringContaining("API_IDENTIFIER") },
  ]);
});

test.each(["https://ledger.example/", "https://ledger.example/claims/", "##NAMESPACE##"])(
  "an API that cannot be renamed has its claims under the namespace %s",
  async (namespace) => {
    const environment = { API_IDENTIFIER: "urn:ledger-api" };
    expect(await findWith({ secrets: withNamespace(namespace), environment })).toEqual([]);
  },
);

test.each([
  ["without a slash", "https://ledger.example", {}, "CLAIM_NAMESPACE_MALFORMED"],
  ["that is not https", "http://ledger.example/", {}, "CLAIM_NAMESPACE_MALFORMED"],
  ["that is not a URL", "ledger/", {}, "CLAIM_NAMESPACE_MALFORMED"],
  ["of the environment without a slash", "##NS##", { NS: "https://ledger.example" }, "CLAIM_NAMESPACE_MALFORMED"],
  ["of Auth0's own", "https://shop.eu.auth0.com/", {}, "CLAIM_NAMESPACE_RESERVED"],
])("a namespace %s is refused", async (_, namespace, environment, code) => {
  expect(await findWith({ secrets: withNamespace(namespace), environment })).toMatchObject([
    { severity: "error", code, place: inTenant },
  ]);
});

test.each([
  ["the same namespace", "https://ledger.example/", "https://ledger.example/", false],
  ["another", "https://ledger.example/", "https://other.example/", true],
  ["none", "https://ledger.example/", undefined, true],
  ["one, and the Action has none", undefined, "https://ledger.example/", true],
])("gateways that read claims under %s", async (_, namespace, claimNamespace, isWarned) => {
  const found = await findWith({
    ...(namespace !== undefined && { secrets: withNamespace(namespace) }),
    stripe: { scopes: [{ scope: "get:orders" }], ...(claimNamespace !== undefined && { claimNamespace }) },
  });
  expect(found.map(({ code, severity }) => `${severity} ${code}`)).toEqual(
    isWarned ? ["warning CLAIM_NAMESPACE_DIFFERS"] : [],
  );
});
