import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { getRequestSchema } from "../../../../local/auth0/management/request-schemas/get-request-schema.ts";
import { listEndpoints } from "../../../../local/auth0/management/resources.ts";
import type { Tenant } from "../../../../local/auth0/tenant.ts";

test.each(
  listEndpoints({} as Tenant).flatMap(({ method, path, body }) =>
    typeof body === "string" ? [[`${method} ${path}`, body]] : [],
  ),
)("the body of %s is a type that there is: %s", (_endpoint, name) => {
  expect(getRequestSchema(name)).toEqual(expect.any(Object));
});

test("the schemas were made from the auth0 that is installed", () => {
  const read = (path: string) => JSON.parse(readFileSync(path, "utf8"));
  const { source } = read("local/auth0/management/request-schemas/request-schemas.json");
  expect(source).toContain(`auth0 ${read("node_modules/auth0/package.json").version},`);
});
