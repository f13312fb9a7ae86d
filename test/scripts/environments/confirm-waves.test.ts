import { expect, test } from "@jest/globals";
import type { Change } from "../../../scripts/deploy/plan/change.ts";
import { confirmWaves } from "../../../scripts/environments/confirm-waves.ts";

const CHANGE = { operation: "create", type: "role", name: "editor", fields: [] } as const satisfies Change;
const environmentOf = (
  name: string,
  changes: readonly Change[],
  environment: Readonly<Record<string, string>> = {},
) => ({
  name,
  environment,
  plan: { domain: `${name}.example`, changes },
});
const DEVELOPMENT = { TENANT_STAGE: "development" };

// jest has no terminal, as a pipeline has none.
test("there is one question for all, which names those that are written to and the order", async () => {
  const ready = [
    environmentOf("eu", [CHANGE]),
    environmentOf("us", [CHANGE]),
    environmentOf("ap", []),
    environmentOf("dev", [CHANGE], DEVELOPMENT),
  ];
  await expect(confirmWaves([["dev"], ["eu", "us"], ["ap"]], ready)).rejects.toMatchObject({
    code: "CONFIRMATION_NEEDED",
    exitCode: 2,
    message: expect.stringContaining(
      "in this order: dev; then eu, us; then ap? Not marked as development: eu (eu.example), us (us.example).",
    ) as unknown,
  });
});

test.each([
  ["nothing is to do", [environmentOf("eu", []), environmentOf("us", [])]],
  ["all that is written to is development", [environmentOf("dev", [CHANGE], DEVELOPMENT), environmentOf("us", [])]],
])("nobody is asked when %s", async (_what, ready) => {
  await expect(confirmWaves([ready.map(({ name }) => name)], ready)).resolves.toBe(true);
});
