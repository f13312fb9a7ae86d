import { expect, test } from "@jest/globals";
import { renderAdoption } from "../../../scripts/adopt/render-adoption.ts";
import type { Adoption } from "../../../scripts/adopt/report.ts";

const KINDS = ["api", "client", "client-grant", "role", "action", "guardian-factor", "risk-assessment", "connection"];
const adoption: Adoption = {
  source: "example.eu.auth0.com",
  adopted: KINDS.map((kind) => `${kind} one`),
  files: ["tenant.yaml"],
  present: KINDS.map((kind) => `${kind} two`),
  leftOut: [{ entry: "client Deploy", reason: "it is what adopts and deploys: keep it out of what it deploys" }],
  omitted: [
    { entry: "database Users of 2012", path: "options.passwordPolicy", reason: "the Deploy CLI does not export it" },
  ],
  secrets: [
    { entry: "connection google", path: "options.client_secret", variable: "GOOGLE_CLIENT_SECRET" },
    { entry: "action Legacy rule: roles (2019)", path: "secrets[1].value", variable: "LEGACY_RULE_ROLES_2019_KEY" },
  ],
  suspects: ["actions/crm/code.js:12"],
  refused: ["The API of filter-scopes is not named: set API_IDENTIFIER in tenant.yaml. [API_IDENTIFIER_UNKNOWN]"],
  unread: [
    {
      section: "logStreams",
      reason: "403 Insufficient scope, expected any of: read:log_streams",
      scopes: ["read:log_streams"],
    },
  ],
  isPlanned: true,
};

test("the report fits a terminal of 80 columns", () => {
  expect(
    renderAdoption(adoption)
      .split("\n")
      .filter((line) => line.length > 80),
  ).toEqual([]);
});

test("what goes on in the next line stands further in than what begins there", () => {
  expect(renderAdoption(adoption)).toContain(
    "    client Deploy: it is what adopts and deploys: keep it out of what it\n      deploys\n",
  );
});

test("the plan that is named is that of the environment which was adopted", () => {
  expect(renderAdoption(adoption, { environmentName: "production" })).toContain(
    "What was written was read back and compared with the tenant: npm run plan --\n" +
      "--env production has nothing to do for it, as long as nobody changes it.",
  );
  expect(renderAdoption({ ...adoption, isPlanned: false }, { environmentName: "eu" })).toContain(
    "npm run plan -- --env eu says",
  );
});

test("settings of which a tenant has one each are not counted", () => {
  const adopted = ["tenant settings", "api A", "branding settings", "prompts settings"];
  expect(renderAdoption({ ...adoption, adopted })).toContain(
    "com: tenant settings, 1 api, branding settings,\nprompts settings\n",
  );
});

test("what is promised of a plan goes for what was written: of entries that were there before nothing is known", () => {
  expect(renderAdoption(adoption)).toContain(
    "What was written was read back and compared with the tenant: npm run plan has\n" +
      "nothing to do for it, as long as nobody changes it.",
  );
});

test("the report counts entries of one kind in the plural where there are several", () => {
  const adopted = ["client A", "client B", "action C", "rate-limit-policy D", "rate-limit-policy E", "api F", "api G"];
  expect(renderAdoption({ ...adoption, adopted })).toContain(
    "example.eu.auth0.com: 2 clients, 1 action, 2 rate-limit-policies, 2 apis",
  );
});

test("an overlay's report says of each entry how it differs from tenant.yaml, and one that says nothing that nothing does", () => {
  const overlay = { changed: ["client Shop"], leftOut: ["role auditor"] };
  const text = renderAdoption({ ...adoption, adopted: ["role cashier"], overlay }, { environmentName: "eu" });
  expect(text).toContain("example.eu.auth0.com: what it has differently from tenant.yaml\n");
  expect(text).toContain("Different here:\n    client Shop\n\nOnly here:\n    role cashier\n");
  expect(text).toContain("not managed here (leave_out):\n    role auditor\n");
  expect(text).toContain("npm run plan --\n--env eu has nothing to do");
  const same = { ...adoption, adopted: [], overlay: { changed: [], leftOut: [] } };
  expect(renderAdoption(same)).toContain("example.eu.auth0.com: as tenant.yaml says\n");
});
