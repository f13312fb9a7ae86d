import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { SignJWT } from "jose";
import { withConsole } from "../../support/console.ts";
import { type Answer, call } from "../../support/local-tenant.ts";
import { API, type LoginTenant, startLoginTenant } from "../../support/login-tenant.ts";

const SCRIPT = `<script>alert("x")</script>`;
let tenant: LoginTenant;
let token: string;
beforeAll(async () => {
  tenant = await startLoginTenant(withConsole());
  token = ((await get("/console/tokens")) as { token: string }).token;
});
afterAll(() => tenant.close());

const get = async (path: string, accept = "application/json") =>
  (await call(tenant, path, { headers: { accept } })).body;
const explain = (jwt: string): Promise<Answer> =>
  call(tenant, "/console/tokens", { method: "POST", headers: { accept: "application/json" }, body: { token, jwt } });

/** As the tenant signs one, with these claims. */
async function sign(claims: Record<string, unknown>): Promise<string> {
  const { kid, signer } = tenant.tenant.signingKeys.current();
  const now = Math.floor(tenant.clock.now() / 1000);
  const whole = { iss: tenant.tenant.issuer, sub: "auth0|ada", aud: API, iat: now, exp: now + 600, ...claims };
  return new SignJWT(whole).setProtectedHeader({ alg: "RS256", typ: "JWT", kid }).sign(signer);
}
const routesOf = async (jwt: string) => {
  const { apis } = (await explain(jwt)).body as {
    apis: readonly { routes: readonly { request: string; status: number }[] }[];
  };
  return apis.flatMap(({ routes }) => routes.map(({ request, status }) => [request, status]));
};

test("a token opens what its scopes are for, and the rest says which is missing", async () => {
  const { body } = await explain(`Bearer ${await sign({ scope: "openid get:users" })}`);
  expect(body).toMatchObject({
    claims: { sub: "auth0|ada" },
    apis: [
      {
        audience: API,
        routes: [
          { request: "GET /users", status: 200, why: "passes" },
          { request: "POST /users", status: 403, why: expect.stringContaining("scope") },
          { request: "GET /orders", status: 403 },
        ],
      },
    ],
  });
});

test.each<[what: string, make: () => Promise<string>]>([
  ["is over", () => sign({ scope: "get:users", exp: 1 })],
  ["is of another issuer", () => sign({ scope: "get:users", iss: "https://other/" })],
  ["was changed", async () => (await sign({ scope: "get:users" })).replace(/.{8}$/, "AAAAAAAA")],
])("a token that %s opens nothing: 401", async (_what, make) => {
  expect(await routesOf(await make())).toEqual(
    ["GET /users", "POST /users", "GET /orders"].map((request) => [request, 401]),
  );
});

test("a token for no API of the tenant is said to be that", async () => {
  const { body } = await explain(await sign({ aud: "https://other/" }));
  expect(body).toMatchObject({ apis: [] });
  expect(await get((body as { location: string }).location, "text/html")).toContain("It is for no API of this tenant");
});

test.each([["not-a-token"], [""], ["a.b.c"], ["e30.e30"]])("%j is refused with what to do", async (jwt) => {
  expect(await explain(jwt)).toMatchObject({ status: 400, body: { error: { code: "TOKEN_UNREADABLE" } } });
});

test("a script in a claim is shown as text", async () => {
  const { body } = await explain(await sign({ name: SCRIPT, [SCRIPT]: 1 }));
  expect(await get((body as { location: string }).location, "text/html")).not.toContain("<script>alert");
});
