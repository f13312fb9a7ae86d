import { expect, test } from "@jest/globals";
import { checkTenants } from "../../../scripts/environments/check-tenants.ts";

type Environment = Readonly<Record<string, string>>;
const read = (environments: Readonly<Record<string, Environment>>) =>
  Object.entries(environments).map(([name, value]) => ({ kind: "succeeded", name, value }) as const);
const domain = (AUTH0_DOMAIN: string, AUTH0_AUDIENCE = ""): Environment => ({ AUTH0_DOMAIN, AUTH0_AUDIENCE });

test.each<[what: string, eu: Environment, us: Environment]>([
  ["one domain", domain("example.eu.auth0.com"), domain("example.eu.auth0.com")],
  ["one domain in capitals", domain("example.eu.auth0.com"), domain("Example.EU.auth0.com")],
  ["one domain, with the port that it has anyway", domain("example.eu.auth0.com"), domain("example.eu.auth0.com:443")],
  ["one domain, with a dot at the end", domain("example.eu.auth0.com"), domain("example.eu.auth0.com.")],
  [
    "a custom domain of the other's tenant",
    domain("example.eu.auth0.com"),
    domain("login.example.com", "https://example.eu.auth0.com/api/v2/"),
  ],
])("%s is one tenant, and refused", (_what, eu, us) => {
  expect(() => checkTenants(read({ ap: domain("example.au.auth0.com"), eu, us }))).toThrow(
    expect.objectContaining({
      code: "ENVIRONMENTS_ONE_TENANT",
      exitCode: 2,
      message: expect.stringContaining("  example.eu.auth0.com: eu, us\n") as unknown,
    }),
  );
});

test.each<[what: string, eu: Environment, us: Environment]>([
  ["two domains", domain("example.eu.auth0.com"), domain("example.us.auth0.com")],
  ["two ports of this machine", domain("localhost:4001"), domain("localhost:4002")],
  ["two without a domain, which each is refused for", {}, domain("")],
])("%s are not", (_what, eu, us) => {
  expect(() => checkTenants(read({ eu, us }))).not.toThrow();
});

test("an environment that could not be read is not looked at", () => {
  const failed = { kind: "failed", name: "us", error: new Error("not read") } as const;
  expect(() => checkTenants([...read({ eu: domain("example.eu.auth0.com") }), failed])).not.toThrow();
});
