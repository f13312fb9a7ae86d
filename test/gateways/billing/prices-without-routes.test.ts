import { expect, test } from "@jest/globals";
import { parseBillingRules } from "../../../gateways/authorizer/billing/rules.ts";
import { parseRoutes } from "../../../gateways/authorizer/routes/route.ts";
import { openGateway } from "../../../gateways/open-gateway.ts";
import { createTestSource } from "../support/billing-source.ts";
import { AUDIENCE, ISSUER } from "../support/issuer.ts";

const openWith = (entries: readonly object[] | undefined, unlisted?: "convention") => {
  const lines: string[] = [];
  openGateway({
    issuer: ISSUER,
    audience: AUDIENCE,
    routes: entries && parseRoutes({ routes: entries }),
    unlisted,
    rules: parseBillingRules({ scopes: [{ scope: "get:report" }] }),
    source: createTestSource(),
    log: (line) => lines.push(line),
  });
  return lines;
};
const SAYS = ["billing: get:report costs money, and no route needs it: is it what routes.yaml asks for?"];

/** A scope that is misspelt in stripe.json makes requests free. */
test.each<[string, Parameters<typeof openWith>, readonly string[]]>([
  ["that no route needs", [[{ method: "GET", path: "/reports" }]], SAYS],
  ["that a public route of the name has", [[{ method: "GET", path: "/report", public: true }]], SAYS],
  ["that a route needs by convention", [[{ method: "GET", path: "/report/{id}" }]], []],
  ["that a route needs among others", [[{ method: "GET", path: "/x", scope: ["get:x", "get:report"] }]], []],
  ["that a request to any method may need", [[{ method: "ANY", path: "/report" }]], []],
  ["that what is not listed may need", [[{ method: "GET", path: "/reports" }], "convention"], []],
  ["where no routes are listed", [undefined], []],
])("a price for a scope %s", (_which, inputs, lines) => {
  expect(openWith(...inputs)).toEqual(lines);
});
