import { describe, expect, test } from "@jest/globals";
import { createRedactor, listSecretValues } from "../../../scripts/deploy/redact.ts";
import { parseTenant } from "../../../scripts/tenant/read-tenant.ts";

const tenant = parseTenant(
  `
resourceServers:
  - { name: API, identifier: "##API_IDENTIFIER##" }
actions:
  - name: one
    code: ./one.js
    supported_triggers: [{ id: post-login, version: v3 }]
    secrets:
      - { name: KEY, value: "@@KEY@@" }
      - { name: PLAIN, value: "##PLAIN##" }
      - { name: API_IDENTIFIER, value: "##API_IDENTIFIER##" }
      - { name: MODE, value: deny }
databases:
  - { name: db, strategy: custom, options: { password: "@@DB_PASSWORD@@" } }
`,
  "tenant.yaml",
);
const environment = {
  KEY: "key-value",
  PLAIN: "plain-value",
  API_IDENTIFIER: "https://api.example.com/",
  DB_PASSWORD: "db-value",
  AUTH0_CLIENT_SECRET: "client-secret",
  HOME: "/home/somebody",
};

describe("what must never be printed", () => {
  test("is every secret from the environment, wherever it stands, and the client's own", () => {
    expect([...listSecretValues(tenant, environment)].sort()).toEqual(
      ["client-secret", "db-value", "key-value", "plain-value"].sort(),
    );
  });

  test("is not a value that tenant.yaml uses in the open as well, nor one that it spells out", () => {
    const values = listSecretValues(tenant, environment);
    expect(values).not.toContain("https://api.example.com/");
    expect(values).not.toContain("deny");
  });

  test.each([
    ["as it is", "sk_live_1", "key sk_live_1.", "key [redacted]."],
    ["twice", "sk_live_1", "sk_live_1 sk_live_1", "[redacted] [redacted]"],
    ["as JSON writes it", 'a"b\\c', 'value "a\\"b\\\\c"', 'value "[redacted]"'],
    ["as a URL writes it", "a b/c=", "?key=a%20b%2Fc%3D", "?key=[redacted]"],
    ["a line of it", "-----BEGIN KEY-----\nMIIEvQIBADAN\n", "in MIIEvQIBADAN", "in [redacted]"],
    ["with the characters of a pattern", "a.*(b)$&", "x a.*(b)$& y", "x [redacted] y"],
  ])("is taken out of a text: %s", (_name, value, text, expected) => {
    expect(createRedactor([value])(text)).toBe(expected);
  });

  test("leaves nothing of a value that contains another", () => {
    expect(createRedactor(["secret", "secret-and-more"])("secret-and-more")).toBe("[redacted]");
  });

  test("does not cut up texts for a value too short to be a secret", () => {
    expect(createRedactor(["on", ""])("one of none")).toBe("one of none");
  });
});
