import { expect, test } from "@jest/globals";
import { describeAddresses, renderAddresses } from "../../../scripts/dev/render-addresses.ts";
import { plain } from "../../../scripts/terminal/paint.ts";

const addresses = {
  tenantUrl: "https://localhost:4433/",
  stripeUrl: "https://localhost:4434",
  authorizerUrl: "http://localhost:4455",
  pageUrl: "http://localhost:3000",
  portalUrl: undefined,
  caFile: "/project/.local/tls/ca.crt",
  inspectPort: 9229,
  people: ["viewer@example.com"],
};

test("a program is told all addresses that there are, and whom to log in as", () => {
  expect(JSON.parse(JSON.stringify(describeAddresses(addresses)))).toEqual({
    tenantUrl: "https://localhost:4433/",
    stripeUrl: "https://localhost:4434",
    authorizerUrl: "http://localhost:4455",
    pageUrl: "http://localhost:3000",
    caFile: "/project/.local/tls/ca.crt",
    debugger: "127.0.0.1:9229",
    people: [{ email: "viewer@example.com", password: "Only-here-1" }],
  });
});

test("a person is told the same, a line each, without what is not there", () => {
  const text = renderAddresses(addresses, plain);
  for (const address of [
    "https://localhost:4433/",
    "http://localhost:3000",
    "127.0.0.1:9229",
    "Log in as viewer@example.com",
  ])
    expect(text).toContain(address);
  expect(text).not.toContain("billing");
});
