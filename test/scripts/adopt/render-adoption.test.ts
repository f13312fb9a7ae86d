import { expect, test } from "@jest/globals";
import { renderAdoption } from "../../../scripts/adopt/render-adoption.ts";
import type { Adoption } from "../../../scripts/adopt/report.ts";

const KINDS = ["api", "client", "client-grant", "role", "action", "guardian-factor", "risk-assessment", "connection"];
const adoption: Adoption = {
  source: "example.eu.auth0.com",
  adopted: KINDS.map((kind) => `${kind} one`),
  files: ["tenant.yaml"],
  present: KINDS.map((kind) => `${kind} two`),
  leftOut: [],
  omitted: [],
  secrets: [{ entry: "connection google", path: "options.client_secret", variable: "GOOGLE_CLIENT_SECRET" }],
  suspects: ["actions/crm/code.js:12"],
  refused: [],
  unread: [],
  isPlanned: true,
};

test("the report fits a terminal of 80 columns", () => {
  expect(
    renderAdoption(adoption)
      .split("\n")
      .filter((line) => line.length > 80),
  ).toEqual([]);
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
