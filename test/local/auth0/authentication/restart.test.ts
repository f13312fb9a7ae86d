import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { call } from "../../../support/local-tenant.ts";
import { logIn, planLogin } from "../../../support/log-in.ts";
import { type LoginTenant, startLoginTenant } from "../../../support/login-tenant.ts";

let directory: string;
let tenant: LoginTenant;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "tenant-"));
});
afterAll(async () => {
  await tenant.close();
  rmSync(directory, { recursive: true });
});

test("sessions, refresh tokens and opaque tokens outlive a restart of the tenant", async () => {
  const stateFile = join(directory, "state.jsonl");
  tenant = await startLoginTenant({ stateFile });
  const user = await tenant.addUser("ada@example.com");
  const { browser, tokens } = await logIn(tenant, tenant.spa, "ada@example.com");
  const opaque = (await logIn(tenant, tenant.spa, "ada@example.com", { audience: undefined })).tokens;
  const port = Number(new URL(`https://${tenant.domain}`).port);
  await tenant.close();
  tenant = await startLoginTenant({ stateFile, port });

  const { url } = await planLogin(tenant, tenant.spa, { prompt: "none" });
  expect((await browser.open(url.href)).url.searchParams.has("code")).toBe(true);
  const body = { grant_type: "refresh_token", client_id: tenant.spa.client_id, refresh_token: tokens.refresh_token };
  expect((await call(tenant, "/oauth/token", { method: "POST", body })).status).toBe(200);
  const answer = await call(tenant, "/userinfo", { token: opaque.access_token });
  expect(answer.body).toMatchObject({ sub: user.user_id });
});
