import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { buildProject } from "../../../scripts/build/build-project.ts";

test("this project's own Actions build without a finding", async () => {
  const { findings, actions } = await buildProject(join(import.meta.dirname, "..", "..", ".."), {});
  expect(findings).toEqual([]);
  expect(actions.map(({ name }) => name)).toEqual([
    "require-verified-email",
    "sync-stripe-customer",
    "filter-scopes",
    "require-subscription",
    "add-email-claim",
  ]);
});
