import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { listEndpoints } from "../../../../local/auth0/management/resources.ts";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { call, managementToken, startTestTenant } from "../../../support/local-tenant.ts";

/** What Auth0's SDK can put into queries, as its own code names it. */
const SDK = join(dirname(createRequire(import.meta.filename).resolve("auth0")), "management/api/resources");
const ASKED = /const _queryParams = \{([\s\S]*?)\n\s+\};[\s\S]*?_response\.rawResponse, "([A-Z]+)", "([^"]+)"\)/g;
const QUERIES = readdirSync(SDK, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("Client.js"))
  .flatMap((file) => [...readFileSync(join(SDK, file), "utf8").matchAll(ASKED)])
  .map(([, members = "", method = "", path = ""]): [string, readonly string[]] => [
    `${method} ${path.replace(/\{\w+\}/g, ":x")}`,
    [...members.matchAll(/^\s{12,24}(\w+)(?=:|,$)/gm)].map(([, name = ""]) => name),
  ]);

/** Refused, as docs/local-tenant.md says: no clients register themselves here. */
const REFUSED: Readonly<Record<string, readonly string[]>> = { "GET /clients": ["external_client_id"] };

let tenant: LocalTenant;
beforeAll(async () => {
  tenant = await startTestTenant();
});
afterAll(() => tenant.close());

test("the SDK's code is read", () => {
  expect(QUERIES).toContainEqual(["GET /forms", ["page", "per_page", "include_totals", "hydrate"]]);
  expect(QUERIES.length).toBeGreaterThan(90);
});

test.each(QUERIES)("%s takes %j", (name, members) => {
  const found = listEndpoints(tenant.tenant).find(
    ({ method, path }) => `${method} ${path.replace(/:\w+/g, ":x")}` === name,
  );
  const query = found?.query ?? {};
  const unknown = query === "any" ? [] : members.filter((member) => !Object.hasOwn(query, member));
  expect(unknown).toEqual(REFUSED[name] ?? []);
});

describe("filters of records", () => {
  const send = async (method: string, path: string, body?: unknown) => {
    const token = await managementToken(tenant);
    return call(tenant, `/api/v2${path}`, { method, token, ...(body !== undefined && { body }) });
  };
  const namesOf = async (path: string) =>
    ((await send("GET", path)).body as readonly Record<string, unknown>[]).map(({ name, domain }) => name ?? domain);

  test("rules and hooks by whether they are on, and by trigger", async () => {
    const script = "function (user, context, callback) { callback(null, user, context); }";
    for (const enabled of [true, false]) await send("POST", "/rules", { name: `rule ${enabled}`, script, enabled });
    expect(await namesOf("/rules?enabled=true")).toEqual(["rule true"]);
    expect(await namesOf("/rules?enabled=false")).toEqual(["rule false"]);
    await send("POST", "/hooks", { name: "m2m", script: "x", triggerId: "credentials-exchange" });
    expect(await namesOf("/hooks?triggerId=credentials-exchange&enabled=false")).toEqual(["m2m"]);
    expect(await namesOf("/hooks?triggerId=pre-user-registration")).toEqual([]);
  });

  test("custom domains in order", async () => {
    for (const domain of ["b.example.com", "a.example.com"])
      await send("POST", "/custom-domains", { domain, type: "self_managed_certs" });
    expect(await namesOf("/custom-domains?sort=domain:1")).toEqual(["a.example.com", "b.example.com"]);
    expect(await namesOf("/custom-domains?sort=domain:-1")).toEqual(["b.example.com", "a.example.com"]);
  });

  test.each(["/forms?hydrate=flow_count&hydrate=links", "/forms?hydrate[0]=links", "/flows?hydrate=form_count"])(
    "GET %s is answered as without it",
    async (path) => {
      expect(await send("GET", path)).toMatchObject({ status: 200, body: [] });
    },
  );
});
