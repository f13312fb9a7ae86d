import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Endpoint } from "../../../../local/auth0/management/endpoint.ts";
import { PLAIN_RECORDS } from "../../../../local/auth0/management/plain-records/plain-records.ts";
import { listEndpoints } from "../../../../local/auth0/management/resources.ts";
import { unimplemented } from "../../../../local/auth0/management/unimplemented/unimplemented.ts";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { call, managementToken, startTestTenant } from "../../../support/local-tenant.ts";

/** Method and path of everything that Auth0's SDK can call, as its own code names them. */
const SDK = join(dirname(createRequire(import.meta.filename).resolve("auth0")), "management/api/resources");
const CALLED = /handleNonStatusCodeError\)\(_response\.error, _response\.rawResponse, "([A-Z]+)", "([^"]+)"\)/g;
const METHODS = readdirSync(SDK, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("Client.js"))
  .flatMap((file) => [...readFileSync(join(SDK, file), "utf8").matchAll(CALLED)])
  .map(([, method, path]) => `${method} ${path?.replace(/\{\w+\}/g, ":x")}`);

/** What auth0 2.44 to 6.4 and go-auth0 1.32 call, and auth0 7.1 does not. */
const OLDER = [
  "DELETE /users/:x/federated-connections-tokensets/:x",
  "GET /blacklists/tokens",
  "GET /event-streams/:x/stats",
  "GET /migrations",
  "GET /organization-templates",
  "GET /organization-templates/:x",
  "GET /organization-templates/:x/organizations",
  "GET /users/:x/federated-connections-tokensets",
  "PATCH /migrations",
  "PATCH /organization-templates/:x",
  "POST /blacklists/tokens",
  "POST /organization-templates",
];

/** Kept among the records, and followed: by token exchanges, deliveries, the mails of an Action. */
const FOLLOWED = /^\/(token-exchange-profiles|event-streams|log-streams|emails\/provider)/;

const nameOf = ({ method, path }: Endpoint): string => `${method} ${path.replace(/:\w+/g, ":x")}`;
const page = readFileSync(join(import.meta.dirname, "../../../../docs/local-tenant.md"), "utf8");

describe("of everything that Auth0's SDK can call", () => {
  const logged: string[] = [];
  let tenant: LocalTenant;
  let token: string;
  let missing: readonly Endpoint[];
  beforeAll(async () => {
    tenant = await startTestTenant({ log: (line) => logged.push(line) });
    token = await managementToken(tenant);
    missing = unimplemented(tenant.tenant);
  });
  afterAll(() => tenant.close());

  test("each is answered by what it does, kept as a record, or refused by name, as the docs count", () => {
    const endpoints = new Set(listEndpoints(tenant.tenant).map(nameOf));
    expect(METHODS.filter((method) => !endpoints.has(method))).toEqual([]);
    const refused = new Set(missing.map(nameOf));
    const records = new Set(
      PLAIN_RECORDS.flatMap((resource) => resource(tenant.tenant))
        .filter(({ path }) => !FOLLOWED.test(path))
        .map(nameOf),
    );
    const counts = {
      real: METHODS.filter((method) => !refused.has(method) && !records.has(method)).length,
      records: METHODS.filter((method) => records.has(method)).length,
      refused: METHODS.filter((method) => refused.has(method)).length,
    };
    const [, ...said] =
      /Of the (\d+) methods of auth0 7\.1\s+(\d+) do what they say,\s+(\d+) keep records,\s+(\d+) answer 404/.exec(
        page,
      ) ?? [];
    expect(said.map(Number)).toEqual([METHODS.length, counts.real, counts.records, counts.refused]);
  });

  test("what is refused is nothing that is there, each once, and knows what older SDKs call", () => {
    const all = listEndpoints(tenant.tenant).map(nameOf);
    expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
    expect(
      missing
        .map(nameOf)
        .filter((name) => !METHODS.includes(name))
        .sort(),
    ).toEqual(OLDER);
  });

  test("the page lists what is refused", () => {
    const listed = /^Not implemented: (.*?)\.$/ms.exec(page)?.[1] ?? "";
    const paths = [...listed.matchAll(/`([^`]+)`/g)].map(([, path]) => path);
    expect(paths.sort()).toEqual([...new Set(missing.map(({ path }) => path))].sort());
  });

  test("what is refused says so, to a token that has the scope, and in the log", async () => {
    const narrow = await managementToken(tenant, "read:hooks");
    for (const { method, path, scopes } of missing) {
      const url = `/api/v2${path.replace(/:\w+/g, "one")}`;
      expect(await call(tenant, url, { method, token: narrow })).toMatchObject({
        status: 403,
        body: { message: `Insufficient scope, expected any of: ${scopes.join(",")}` },
      });
      expect(await call(tenant, `${url}?include_totals=true&take=5`, { method, token })).toMatchObject({
        status: 404,
        body: {
          statusCode: 404,
          error: "Not Found",
          message: `The local tenant does not implement ${method} ${path}.`,
          errorCode: "not_implemented_locally",
        },
      });
      expect(logged.at(-1)).toBe(`not implemented by the local tenant: ${method} /api/v2${path} → 404`);
    }
  });
});
