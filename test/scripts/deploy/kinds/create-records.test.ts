import { expect, test } from "@jest/globals";
import { ManagementError } from "auth0";
import { createRecords } from "../../../../scripts/deploy/kinds/record/create-records.ts";
import type { WriteContext } from "../../../../scripts/deploy/write/context.ts";

const conflict = () => new ManagementError({ message: "already exists", statusCode: 409 });
const wanted = [{ name: "clerk", entry: { name: "clerk" }, path: ["roles", 0] }];
const changes = [{ operation: "create", type: "role", name: "clerk", fields: [] }] as const;

/** What becomes of a creation that Auth0 refuses with 409, on a tenant that then has roles of these names. */
async function create(...present: readonly string[]): Promise<void> {
  const context = { readAgain: async () => present.map((name) => ({ id: name, name })) } as unknown as WriteContext;
  const post = async () => {
    throw conflict();
  };
  await createRecords({ type: "role", post }, wanted, changes, context);
}

test("what somebody else made since the plan is said to be theirs", async () => {
  await expect(create("other", "clerk")).rejects.toMatchObject({
    code: "PLAN_STALE",
    message: "Somebody made role clerk since it was planned. Plan again when that is done.",
  });
});

test("a conflict with something of another name is told in the tenant's words", async () => {
  await expect(create("other")).rejects.toMatchObject({ statusCode: 409 });
});
