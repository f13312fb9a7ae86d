import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { call } from "../../../support/local-tenant.ts";
import { API, type LoginTenant, startLoginTenant } from "../../../support/login-tenant.ts";

const ORG = "org_aaaaaaaaaaaaaaaa";
/** An hour before midnight, and ten seconds into the hour. */
const LATE = Date.UTC(2026, 10, 30, 23, 0, 10);
const HOUR = 3_600_000;

describe("a quota of tokens that a client gets for itself", () => {
  let tenant: LoginTenant;
  beforeEach(async () => {
    tenant = await startLoginTenant({ clock: () => LATE });
    const { state } = tenant.tenant;
    state.organizations.set(ORG, { id: ORG, name: "acme" });
    state.clientGrants.set("cgr_machine0000000000", {
      id: "cgr_machine0000000000",
      client_id: tenant.web.client_id,
      audience: API,
      subject_type: "client",
      scope: ["get:users"],
      organization_usage: "allow",
      allow_any_organization: true,
    });
  });
  afterEach(() => tenant.close());

  const ask = async (body: Record<string, string> = {}) => {
    const { client_id, client_secret } = tenant.web;
    const answer = await call(tenant, "/oauth/token", {
      method: "POST",
      body: { grant_type: "client_credentials", client_id, client_secret, audience: API, ...body },
    });
    const { "auth0-client-quota-limit": client, "auth0-organization-quota-limit": organization } = answer.headers;
    return { ...answer, quota: { client, organization } };
  };
  const limit = (client_credentials: object) =>
    tenant.setClient({ ...tenant.web, token_quota: { client_credentials } });

  test("is told with each token, and then refuses until its window is over", async () => {
    limit({ per_hour: 2, per_day: 3 });
    expect((await ask()).quota).toEqual({ client: "b=per_hour;q=2;r=1;t=3590,b=per_day;q=3;r=2;t=3590" });
    tenant.clock.advance(10_000);
    expect((await ask()).quota).toEqual({ client: "b=per_hour;q=2;r=0;t=3580,b=per_day;q=3;r=1;t=3580" });
    expect(await ask()).toMatchObject({
      status: 429,
      body: { error: "too_many_requests", error_description: "Client quota exceeded" },
      quota: { client: "b=per_hour;q=2;r=0;t=3580,b=per_day;q=3;r=1;t=3580" },
      headers: {
        "x-ratelimit-limit": "2",
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": String(Date.UTC(2026, 11, 1) / 1000),
        "retry-after": "3580",
      },
    });
    expect(tenant.tenant.state.logs.values().at(-1)).toMatchObject({ type: "feccft" });
    tenant.clock.advance(HOUR);
    expect((await ask()).status).toBe(200);
  });

  test("of a day outlasts its hours", async () => {
    tenant.clock.advance(HOUR);
    limit({ per_day: 1 });
    expect((await ask()).quota).toEqual({ client: "b=per_day;q=1;r=0;t=86390" });
    tenant.clock.advance(23 * HOUR);
    expect((await ask()).status).toBe(429);
    tenant.clock.advance(HOUR);
    expect((await ask()).status).toBe(200);
  });

  test("that is not enforced refuses nothing, and the server says that it is exceeded", async () => {
    limit({ per_hour: 1, enforce: false });
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
    expect((await ask()).quota).toEqual({ client: "b=per_hour;q=1;r=0;t=3590" });
    expect(tenant.lines.at(-1)).toContain(`the token quota of ${tenant.web.client_id} is exceeded (1 per_hour)`);
  });

  test("is the tenant's where the client has none", async () => {
    const default_token_quota = { clients: { client_credentials: { per_hour: 1 } } };
    tenant.tenant.state.settings.set("tenant", { default_token_quota });
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 429]);
    limit({ per_hour: 5 });
    expect((await ask()).quota).toEqual({ client: "b=per_hour;q=5;r=3;t=3590" });
  });

  test("is counted for an organization as well, and by no token that was refused", async () => {
    const { state } = tenant.tenant;
    const token_quota = { client_credentials: { per_hour: 1 } };
    state.organizations.set(ORG, { id: ORG, name: "acme", token_quota });
    limit({ per_hour: 3 });
    expect((await ask({ organization: ORG })).quota).toEqual({
      client: "b=per_hour;q=3;r=2;t=3590",
      organization: "b=per_hour;q=1;r=0;t=3590",
    });
    expect(await ask({ organization: ORG })).toMatchObject({
      status: 429,
      body: { error_description: "Organization quota exceeded" },
      quota: { organization: "b=per_hour;q=1;r=0;t=3590" },
    });
    expect((await ask()).quota).toEqual({ client: "b=per_hour;q=3;r=1;t=3590" });
  });

  test("says nothing where there is none", async () => {
    expect((await ask()).quota).toEqual({});
  });
});
