import { expect, test } from "@jest/globals";
import type { LiveTenant } from "../../../../scripts/deploy/kinds/live-tenant.ts";
import { KINDS } from "../../../../scripts/deploy/kinds/table.ts";
import type { Desired } from "../../../../scripts/deploy/plan/desired.ts";
import { findIdentity, findNames } from "../../../../scripts/tenant/overlay/identities.ts";
import { LEAVE_OUT } from "../../../../scripts/tenant/overlay/leave-out.ts";
import { readSchemas } from "../../../../scripts/tenant/schema/schemas.ts";

const listKinds = KINDS.filter(
  ({ section, isOneObject }) => isOneObject !== true && findIdentity([section]) !== undefined,
);
const nobody = Object.fromEntries(KINDS.map(({ type }) => [type, []])) as unknown as LiveTenant;

/** As a plan calls the only entry of the section. */
function nameOf(kind: (typeof KINDS)[number], entry: object): string | undefined {
  const desired = { document: { [kind.section]: [entry] }, actions: [] } as unknown as Desired;
  return kind.listWanted(desired, nobody)[0]?.name;
}

test("every section that is a list merges by a name, and no other section does", () => {
  const others = KINDS.filter((kind) => !listKinds.includes(kind)).map(({ section }) => section);
  const objects = KINDS.filter(({ isOneObject }) => isOneObject).map(({ section }) => section);
  expect(others.sort()).toEqual(objects.sort());
});

test.each(listKinds.map((kind) => [kind.section, kind] as const))(
  "entries of %s are the same in an overlay when a plan calls them the same",
  (section, kind) => {
    const identity = findIdentity([section]) ?? [];
    const entry = Object.fromEntries([...identity, "other"].map((member) => [member, `a ${member}`]));
    const name = nameOf(kind, entry);
    expect(nameOf(kind, { ...entry, other: "changed" })).toBe(name);
    for (const member of identity) expect(nameOf(kind, { ...entry, [member]: "changed" })).not.toBe(name);
    expect(findNames(entry, identity)).toHaveLength(identity.length);
  },
);

test("no field that Auth0 or the Deploy CLI has is called as what leaves an entry out", () => {
  for (const name of ["deploy-cli", "fields"] as const) {
    expect(JSON.stringify(readSchemas(name))).not.toContain(`"${LEAVE_OUT}"`);
  }
});
