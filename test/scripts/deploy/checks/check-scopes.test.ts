import { describe, expect, test } from "@jest/globals";
import { checkScopes, readGrantedScopes } from "../../../../scripts/deploy/checks/check-scopes.ts";

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const tokenWith = (claims: object): string => `${encode({ alg: "RS256" })}.${encode({ sub: "x", ...claims })}.x`;

const READ = { scope: "read:roles", reason: "every plan" };
const WRITE = { scope: "update:resource_servers", reason: "resourceServers in tenant.yaml" };

function refusalOf(token: string): unknown {
  try {
    return checkScopes(token, [READ, WRITE]);
  } catch (error) {
    return error;
  }
}

describe("the scopes of a token", () => {
  test.each<[string, object, readonly string[]]>([
    ["are those of its claim", { scope: "read:roles update:roles" }, ["read:roles", "update:roles"]],
    [
      "are the same whatever blanks stand between them",
      { scope: " read:roles  update:roles " },
      ["read:roles", "update:roles"],
    ],
    ["are none without a claim", {}, []],
    ["are none where the claim is not a text", { scope: ["read:roles"] }, []],
  ])("%s", (_what, claims, expected) => {
    expect(readGrantedScopes(tokenWith(claims))).toEqual(new Set(expected));
  });

  test("cannot be read where it is not a JWT, which is the tenant's to judge", () => {
    expect(readGrantedScopes("opaque")).toBeUndefined();
    expect(refusalOf("opaque")).toBeUndefined();
  });

  test("are enough when all that are needed are among them", () => {
    expect(refusalOf(tokenWith({ scope: "update:resource_servers read:roles read:users" }))).toBeUndefined();
  });

  test("are refused when one is missing, naming it and where it is granted", () => {
    expect(refusalOf(tokenWith({ scope: "update:resource_servers" }))).toMatchObject({
      code: "DEPLOY_SCOPES_MISSING",
      exitCode: 2,
      message: `Nothing was sent: the client in AUTH0_CLIENT_ID lacks a scope of the Management API.
  read:roles  every plan
Grant what is missing in the dashboard: Applications > APIs > Auth0 Management API > Machine to Machine Applications.
npm run scopes lists all that are needed.`,
    });
  });

  test("are refused when several are missing, in a table", () => {
    expect(refusalOf(tokenWith({}))).toMatchObject({
      code: "DEPLOY_SCOPES_MISSING",
      message: `Nothing was sent: the client in AUTH0_CLIENT_ID lacks 2 scopes of the Management API.
  read:roles               every plan
  update:resource_servers  resourceServers in tenant.yaml
Grant what is missing in the dashboard: Applications > APIs > Auth0 Management API > Machine to Machine Applications.
npm run scopes lists all that are needed.`,
    });
  });
});
