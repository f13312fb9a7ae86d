import { beforeEach, expect, test } from "@jest/globals";
import { openTenantState, type TenantState } from "../../../../local/auth0/state/tenant-state.ts";
import { findUserInConnection, findUserOrPrimary } from "../../../../local/auth0/users/find.ts";
import { linkUsers, unlinkIdentity } from "../../../../local/auth0/users/link-users.ts";
import { addUser, changeUser } from "../../../../local/auth0/users/write-users.ts";
import { openJournal } from "../../../../local/state/journal.ts";

const ada = {
  user_id: "auth0|ada",
  email: "ada@example.com",
  username: "Ada",
  identities: [{ connection: "people", provider: "auth0", user_id: "ada", isSocial: false }],
};
const phone = {
  user_id: "sms|phone",
  phone_number: "+15550100",
  email: "second@example.com",
  identities: [{ connection: "sms", provider: "sms", user_id: "phone", isSocial: false }],
};

let tenant: { readonly clock: () => number; readonly state: TenantState };
beforeEach(() => {
  tenant = { clock: Date.now, state: openTenantState(openJournal()) };
  for (const user of [ada, phone]) addUser(tenant, user);
  // What follows changes an index that is there.
  expect(tenant.state.users.findBy("email:ada@example.com")).toHaveLength(1);
});

const find = (...asked: ["people" | "sms", "email" | "username" | "phone_number", string]) =>
  findUserInConnection(tenant.state, ...asked)?.user_id;

test.each([
  ["people", "email", "ADA@example.com", "auth0|ada"],
  ["people", "username", "aDa", "auth0|ada"],
  ["sms", "phone_number", "+15550100", "sms|phone"],
  ["sms", "email", "ada@example.com", undefined],
  ["people", "phone_number", "+15550100", undefined],
  ["people", "username", "ada@example.com", undefined],
] as const)("in %s by %s %s: %s", (connection, name, value, found) => {
  expect(find(connection, name, value)).toBe(found);
});

test("by what a linked identity is called, for as long as it is linked", () => {
  const read = () => [
    find("sms", "phone_number", "+15550100"),
    find("sms", "email", "second@example.com"),
    find("people", "email", "second@example.com"),
    findUserOrPrimary(tenant.state, "sms|phone")?.user_id,
  ];
  const [first, second] = ["auth0|ada", "sms|phone"].map((id) => tenant.state.users.get(id));
  if (first === undefined || second === undefined) throw new Error("they were added");
  linkUsers(tenant, first, second);
  expect(read()).toEqual(["auth0|ada", "auth0|ada", undefined, "auth0|ada"]);
  const linked = tenant.state.users.get("auth0|ada");
  const identity = linked?.identities[1];
  if (linked === undefined || identity === undefined) throw new Error("they were linked");
  unlinkIdentity(tenant, linked, identity);
  expect(read()).toEqual(["sms|phone", "sms|phone", undefined, "sms|phone"]);
});

test("by another name since a change, and no more by the one before", () => {
  changeUser(tenant, "auth0|ada", (user) => ({ ...user, username: "lovelace" }));
  expect([find("people", "username", "ada"), find("people", "username", "lovelace")]).toEqual([undefined, "auth0|ada"]);
});
