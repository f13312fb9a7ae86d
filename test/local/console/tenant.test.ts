import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Hono } from "hono";
import { befall, type TenantFaults } from "../../../local/auth0/faults.ts";
import { createMovableClock } from "../../../local/clock.ts";
import { withConsole } from "../../support/console.ts";
import { type Answer, call } from "../../support/local-tenant.ts";
import { API, type LoginTenant, startLoginTenant } from "../../support/login-tenant.ts";

const SCRIPT = `<script>alert("x")</script>`;
const START = Date.parse("2026-11-20T12:00:00.000Z");

let tenant: LoginTenant;
let token: string;
beforeAll(async () => {
  const clock = createMovableClock(() => START);
  tenant = await startLoginTenant({ ...withConsole({ clock }), clock: clock.now });
  token = ((await get("/console/tenant")) as { token: string }).token;
  const { state } = tenant.tenant;
  const ada = await tenant.addUser("ada@example.org", { name: SCRIPT });
  tenant.setClient({ ...tenant.web, name: SCRIPT, callbacks: [`https://a.example/${SCRIPT}`] });
  tenant.setApi({ ...tenant.api, name: SCRIPT, scopes: [{ value: "get:users", description: SCRIPT }] });
  state.roles.set("rol_1", { id: "rol_1", name: SCRIPT, permissions: [] });
  state.organizations.set("org_1", { id: "org_1", name: "acme", display_name: SCRIPT, metadata: { plan: SCRIPT } });
  const member = { id: "org_1:ada", organization_id: "org_1", user_id: ada.user_id, roles: ["rol_1"] };
  state.organizationMembers.set(member.id, member);
  const grant = { id: "cgr_1", client_id: tenant.web.client_id, audience: API, scope: ["get:users"] };
  state.clientGrants.set("cgr_1", { ...grant, subject_type: "client" });
});
afterAll(() => tenant.close());

const get = async (path: string, accept = "application/json") =>
  (await call(tenant, path, { headers: { accept } })).body;
const post = (path: string, fields: Record<string, string>): Promise<Answer> =>
  call(tenant, path, { method: "POST", headers: { accept: "application/json" }, body: { token, ...fields } });

test("applications are shown with what they may ask for, and without their secrets", async () => {
  const { applications } = (await get("/console/applications")) as { applications: readonly { id: string }[] };
  const grants = [{ application: SCRIPT, audience: API, scopes: ["get:users"], subject: "client" }];
  expect(applications.find(({ id }) => id === tenant.web.client_id)).toEqual({
    id: tenant.web.client_id,
    name: SCRIPT,
    type: "regular_web",
    callbacks: [`https://a.example/${SCRIPT}`],
    grants,
  });
  expect(JSON.stringify(applications)).not.toContain(tenant.web.client_secret);
});

test("APIs are shown with their scopes, and Auth0's own is not among them", async () => {
  expect(await get("/console/apis.json")).toMatchObject({
    apis: [{ identifier: API, name: SCRIPT, scopes: ["get:users"], hasRbac: true, applications: [SCRIPT] }],
  });
});

test("organizations are shown with who belongs to them, and in which roles", async () => {
  expect(await get("/console/organizations")).toMatchObject({
    organizations: [
      {
        name: "acme",
        displayName: SCRIPT,
        metadata: { plan: SCRIPT },
        members: [{ roles: [SCRIPT] }],
        connections: [],
      },
    ],
  });
});

test.each(["", "/console/flows", "/console/users", "/console/applications", "/console/apis", "/console/organizations"])(
  "a script as name is shown as text on %s/",
  async (path) => {
    const page = await get(path === "" ? "/" : path, "text/html");
    expect(page).toContain("<main");
    expect(page).not.toContain("<script>alert");
  },
);

test("down, the tenant answers 503 but for its console, until it is switched off again", async () => {
  expect((await post("/console/tenant/faults", { fault: "down" })).body).toMatchObject({ fault: "down" });
  for (const path of ["/.well-known/jwks.json", "/authorize", "/api/v2/users"]) {
    expect(await call(tenant, path)).toMatchObject({ status: 503, body: { error: "Service Unavailable" } });
  }
  expect(await get("/console/tenant", "text/html")).toContain("The tenant answers 503 at once");
  expect((await post("/console/tenant/faults", { fault: "none" })).body).toMatchObject({ fault: null });
  expect((await call(tenant, "/.well-known/jwks.json")).status).toBe(200);
});

test("slow, each answer waits three seconds, and the console does not", async () => {
  const faults: TenantFaults = { current: "slow" };
  const waited: number[] = [];
  const wait = async (milliseconds: number): Promise<void> => void waited.push(milliseconds);
  const app = new Hono();
  app.use(befall(faults, (path) => path === "/console", wait));
  app.get("*", (context) => context.text("answered"));
  for (const path of ["/authorize", "/console", "/oauth/token"]) expect((await app.request(path)).status).toBe(200);
  expect(waited).toEqual([3_000, 3_000]);
});

test("the tenant's clock moves forward, for tokens too", async () => {
  const { body } = await post("/console/tenant/clock", { seconds: "86400" });
  expect(body).toMatchObject({ now: "2026-11-21T12:00:00.000Z" });
  expect(tenant.tenant.clock()).toBe(START + 86_400_000);
});

test("says where requests come from, to the next login and on its page, until the fields are emptied", async () => {
  const place = { countryCode: "DE", cityName: "Bad Aibling", latitude: 47.8639, longitude: "-12" };
  const said = await call(tenant, "/console/tenant/geolocation", {
    method: "POST",
    headers: { accept: "application/json" },
    body: { token, timeZone: "", ...place },
  });
  expect(said.body).toMatchObject({ geolocation: { ...place, longitude: -12 } });
  expect(tenant.tenant.geolocation.get()).toEqual({ ...place, longitude: -12 });
  expect(await get("/console/tenant", "text/html")).toContain('name="cityName" value="Bad Aibling"');
  await post("/console/tenant/geolocation", { countryCode: "" });
  expect(tenant.tenant.geolocation.get()).toEqual({});
});

test.each([
  ["a place that is none", "geolocation", { latitude: "north" }, "GEOLOCATION_REFUSED"],
  ["a member that geoip does not have", "geolocation", { country: "DE" }, "GEOLOCATION_REFUSED"],
  ["a fault that is none of them", "faults", { fault: "lost" }, "FAULT_UNKNOWN"],
  ["a step backwards", "clock", { seconds: "-60" }, "CLOCK_STEP_REFUSED"],
])("%s is refused", async (_what, form, fields, code) => {
  expect(await post(`/console/tenant/${form}`, fields as Record<string, string>)).toMatchObject({
    status: 400,
    body: { error: { code } },
  });
});
