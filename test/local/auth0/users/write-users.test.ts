import { expect, test } from "@jest/globals";
import { recordLogin } from "../../../../local/auth0/authentication/post-login/record-login.ts";
import { openTenantState } from "../../../../local/auth0/state/tenant-state.ts";
import { addUser } from "../../../../local/auth0/users/write-users.ts";
import { openJournal } from "../../../../local/state/journal.ts";

test("a login and the change that it makes have one time, however long the change takes", () => {
  let time = Date.parse("2026-11-20T12:00:00.000Z");
  const tenant = { clock: () => time++, state: openTenantState(openJournal()) };
  const user = addUser(tenant, { user_id: "auth0|ada", identities: [] });
  recordLogin(tenant, user, "203.0.113.7");
  expect(tenant.state.users.get("auth0|ada")).toMatchObject({
    created_at: "2026-11-20T12:00:00.000Z",
    last_login: "2026-11-20T12:00:00.001Z",
    updated_at: "2026-11-20T12:00:00.001Z",
  });
});
