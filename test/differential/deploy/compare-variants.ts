import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { CommandError } from "../../../scripts/command.ts";
import { type BaseTenant, type Deployed, startBaseTenant } from "./base-tenant.ts";
import { listDifferent } from "./describe-state.ts";
import { FIELDS } from "./fields.ts";
import { ROWS } from "./rows.ts";
import { renderVariant } from "./variant.ts";

/** Set by hand in the tenant, and a default of the Deploy CLI's schema: every import that gets so far takes it back. */
const TAKEN_BACK = "connection Username-Password-Authentication.options.disable_self_service_change_password";

/** A test for each variant of these sections of tenant.yaml: deployed and imported, and how both ended. */
export function compareVariants(sections: readonly string[]): void {
  let base: BaseTenant;
  beforeAll(async () => {
    base = await startBaseTenant();
  });
  afterAll(() => base.close());

  const rows = ROWS.filter(({ at }) => sections.some((section) => `${at}.`.startsWith(`${section}.`)));
  test.each(rows)("$at $form", async ({ at, form, outcome }) => {
    const other = FIELDS[at];
    const file = renderVariant(at, form, other);
    const ours = await base.deploy(file, other);
    const cli = await base.import(file, other);
    const { refused, import: imported, differs = [] } = outcome;

    expect(listCodes(ours)).toEqual(refused === undefined ? [] : expect.arrayContaining([refused]));
    if (refused !== undefined) {
      expect(listDifferent(ours.before, ours.after)).toEqual([]);
      // What Auth0 alone can refuse is sent, and taken back.
      if (refused !== "DEPLOY_ROLLED_BACK") expect(ours.writes).toEqual([]);
    }
    expect(describeImport(cli)).toBe(imported);
    if (refused === undefined && imported !== "fails") {
      expect(listDifferent(ours.after, cli.after).filter((key) => key !== TAKEN_BACK)).toEqual(differs);
      if (differs.length === 0) expect(ours.writes.length > 0).toBe(imported === "writes");
    }
  });
}

function describeImport({ before, after, failure }: Deployed): "fails" | "does nothing" | "writes" {
  if (failure !== undefined) return "fails";
  return listDifferent(before, after).every((key) => key === TAKEN_BACK) ? "does nothing" : "writes";
}

/** The code of the error, and those of what its message lists, as `[CODE]`. */
function listCodes({ failure }: Deployed): readonly string[] {
  if (!(failure instanceof CommandError)) return [];
  return [failure.code, ...[...failure.message.matchAll(/\[([A-Z_]+)\]/g)].map(([, code = ""]) => code)];
}
