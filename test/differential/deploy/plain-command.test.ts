import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type BaseTenant, startBaseTenant } from "./base-tenant.ts";
import { listDifferent } from "./describe-state.ts";
import { FIELDS } from "./fields.ts";
import { type Form, renderVariant } from "./variant.ts";

let base: BaseTenant;
beforeAll(async () => {
  base = await startBaseTenant();
});
afterAll(() => base.close());

/** The command compiles the schema of all its kinds: half a minute, more where the machine has other work. */
const ENOUGH = 300_000;

test.each<[keyof typeof FIELDS & string, Form]>([
  ["tenant.idle_session_lifetime", "bare keyword"],
  ["resourceServers.0.scopes.0.description", "absent"],
  ["clients.0.refresh_token", "bare keyword"],
  ["roles.0.permissions.0.permission_name", "other"],
  ["databases.0.options.disable_signup", "file"],
])(
  "the Deploy CLI's command writes what its import without the waits does: %s %s",
  async (at, form) => {
    const other = FIELDS[at];
    const file = renderVariant(at, form, other);
    await base.deploy(file, other);
    const quick = await base.import(file, other);
    const plain = await base.importByCommand(file, other);
    expect(listDifferent(quick.before, quick.after)).not.toEqual([]);
    expect(listDifferent(quick.after, plain.after)).toEqual([]);
  },
  ENOUGH,
);
