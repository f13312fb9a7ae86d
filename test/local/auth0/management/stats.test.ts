import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import { passLoginPage, planLogin } from "../../../support/log-in.ts";
import { type LoginTenant, startLoginTenant } from "../../../support/login-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";

const DAY = 24 * 3_600_000;
const enter = async (email: string) => passLoginPage(tenant.browser(), await planLogin(tenant, tenant.spa), email);
let tenant: LoginTenant;
let sdk: ManagementClient;
beforeAll(async () => {
  tenant = await startLoginTenant({ clock: () => Date.parse("2026-11-20T12:00:00Z") });
  sdk = createManagementClient(tenant);
  await tenant.addUser("ada@example.com");
  await tenant.addUser("bob@example.com");
  await tenant.addUser("eve@example.com");
  await enter("ada@example.com");
  await enter("bob@example.com");
  tenant.tenant.logs.write({ type: "ss" });
  tenant.clock.advance(2 * DAY);
  await enter("ada@example.com");
});
afterAll(() => tenant.close());

test("days are told by the logins and sign-ups that there were, without those that had none", async () => {
  const counted = (await sdk.stats.getDaily()).map(({ date, logins, signups }) => [date, logins, signups]);
  expect(counted).toEqual([
    ["2026-11-20T00:00:00.000Z", 2, 1],
    ["2026-11-22T00:00:00.000Z", 1, 0],
  ]);
});

test.each([
  ["from a day on", { from: "20261121" }, 1],
  ["up to a day, with it", { to: "20261120" }, 1],
  ["between days", { from: "20261120", to: "20261122" }, 2],
  ["of one day without any", { from: "20261121", to: "20261121" }, 0],
])("%s", async (_, query, days) => {
  expect(await sdk.stats.getDaily(query)).toHaveLength(days);
});

test("a day that is not written so is refused", async () => {
  await expect(sdk.stats.getDaily({ from: "2026-11-20" })).rejects.toMatchObject({ statusCode: 400 });
});

test("active users are those who logged in during the last 30 days", async () => {
  expect(await sdk.stats.getActiveUsersCount()).toBe(2);
  tenant.clock.advance(29 * DAY);
  sdk = createManagementClient(tenant);
  expect(await sdk.stats.getActiveUsersCount()).toBe(1);
});
