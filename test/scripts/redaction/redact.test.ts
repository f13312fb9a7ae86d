import { inspect } from "node:util";
import { describe, expect, test } from "@jest/globals";
import { createRedactor } from "../../../scripts/redaction/redact.ts";
import { listSecretValues } from "../../../scripts/tenant/list-secret-values.ts";
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
  - { name: db, options: { password: "@@DB_PASSWORD@@" } }
`,
  "tenant.yaml",
);
const ENVIRONMENT = {
  KEY: "key-value",
  PLAIN: "plain-value",
  API_IDENTIFIER: "https://api.example.com/",
  DB_PASSWORD: "db-value",
  AUTH0_CLIENT_SECRET: "client-secret",
  HOME: "/home/somebody",
};

const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("what must never be printed", () => {
  test("is every secret from the environment, wherever it stands, and the client's own", () => {
    expect([...listSecretValues(tenant, ENVIRONMENT)].sort()).toEqual(
      ["client-secret", "db-value", "key-value", "plain-value"].sort(),
    );
  });

  test("is every variable that holds a secret of this project, without a tenant file too", () => {
    const other = {
      STRIPE_CATALOGUE_KEY: "rk_1",
      SECRETS_DIGEST_KEY: "digest",
      WEBHOOK_CLIENT_SECRET: "hook",
      HOME: "/",
    };
    expect([...listSecretValues(parseTenant("{}", "tenant.yaml"), other)].sort()).toEqual(["digest", "hook", "rk_1"]);
  });

  test("is also what the Deploy CLI's mappings bring: a text, and the texts of a mapping, but not of a list", () => {
    const mappings = {
      KEY: "mapped-key",
      DB_PASSWORD: { user: "mapped-user", more: [{ password: "mapped-password" }] },
      PLAIN: ["refresh_token"],
    };
    const values = listSecretValues(tenant, {
      ...ENVIRONMENT,
      AUTH0_KEYWORD_REPLACE_MAPPINGS: JSON.stringify(mappings),
    });
    expect([...values].sort()).toEqual(["client-secret", "mapped-key", "mapped-password", "mapped-user"]);
  });

  test("is not a day, which a setting may be: every timestamp of that day has it", () => {
    expect(listSecretValues(tenant, { ...ENVIRONMENT, PLAIN: "2026-01-01" })).not.toContain("2026-01-01");
  });

  test("is not a value that tenant.yaml uses in the open as well, nor one that it spells out", () => {
    const values = listSecretValues(tenant, ENVIRONMENT);
    expect(values).not.toContain("https://api.example.com/");
    expect(values).not.toContain("deny");
  });

  test.each([
    ["as it is", "sk_live_1", "key sk_live_1.", "key [redacted]."],
    ["twice", "sk_live_1", "sk_live_1 sk_live_1", "[redacted] [redacted]"],
    ["as JSON writes it", 'a"b\\cd', 'value "a\\"b\\\\cd"', 'value "[redacted]"'],
    ["as a URL writes it", "a b/c=", "?key=a%20b%2Fc%3D", "?key=[redacted]"],
    ["a line of it", "-----BEGIN KEY-----\nMIIEvQIBADAN\n", "in MIIEvQIBADAN", "in [redacted]"],
    ["as JSON in JSON writes it", 'a"b\\cd', 'a\\\\\\"b\\\\\\\\cd', "[redacted]"],
    ["as a form writes it", "a b/c~d'e", "key=a+b%2Fc%7Ed%27e&x=1", "key=[redacted]&x=1"],
    ["as a URL writes it in small letters", "a b/c=", "?key=a%20b%2fc%3d", "?key=[redacted]"],
    ["as HTML writes it", 'a"b&c<d', "value a&quot;b&amp;c&lt;d.", "value [redacted]."],
    [
      "as Node's dump of an object writes it",
      'it\'s "a" `b` key',
      inspect({ key: 'it\'s "a" `b` key' }),
      "{ key: '[redacted]' }",
    ],
    ["in a Basic header", "client-secret", `Basic ${base64("client:client-secret")}`, "Basic [redacted]"],
    ["in one with a longer name", "client-secret", `Basic ${base64("client2:client-secret")}`, "Basic [redacted]"],
    [
      "in one of a client that encodes first",
      "a b/c+d/e",
      `Basic ${base64("id:a%20b%2Fc%2Bd%2Fe")}`,
      "Basic [redacted]",
    ],
    [
      "as base64 for URLs",
      "???>>>???>>>",
      `x ${Buffer.from("???>>>???>>>").toString("base64url")} y`,
      "x [redacted] y",
    ],
    ["as hexadecimal digits", "secret-value", `x ${Buffer.from("secret-value").toString("hex")} y`, "x [redacted] y"],
    ["split over lines", "first-half-second-half", "a first-half\n   -second-half b", "a [redacted] b"],
    [
      "split over lines in colours",
      "first-half-second-half",
      `\u001b[31mfirst-half\u001b[39m\n-second-half`,
      "\u001b[31m[redacted]",
    ],
    [
      "split over lines as base64",
      "a-longer-client-secret",
      base64("id:a-longer-client-secret").replace(/(.{9})(?=.)/g, "$1\r\n"),
      "[redacted]",
    ],
    ["as several lines in JSON", "line-one\nline-two", '"line-one\\nline-two"', '"[redacted]"'],
    ["of six characters, alone", "abc123", "pin=abc123.", "pin=[redacted]."],
    ["with the characters of a pattern", "a.*(b)$&", "x a.*(b)$& y", "x [redacted] y"],
  ])("is taken out of a text: %s", (_name, value, text, expected) => {
    expect(createRedactor([value])(text)).toBe(expected);
  });

  test("leaves nothing of a value that contains another", () => {
    expect(createRedactor(["secret", "secret-and-more"])("secret-and-more")).toBe("[redacted]");
  });

  test("does not cut up texts for a value too short to be a secret", () => {
    expect(createRedactor(["on", "", "12345"])("one of 12345")).toBe("one of 12345");
  });

  test("does not cut up words for a value of six or seven characters", () => {
    expect(createRedactor(["secret"])("secretary, secret")).toBe("secretary, [redacted]");
  });
});

describe("a value that is called like a field", () => {
  const redact = createRedactor(["smtp_pass", "password"]);

  test.each([
    "email-provider:settings credentials.smtp_user, credentials.smtp_pass",
    "databases[0].options.password is not compared",
    '{"smtp_pass":"…","password":"…"}',
    "    credentials.smtp_pass: a value",
  ])("leaves the field its name: %s", (text) => {
    expect(redact(text)).toBe(text);
  });

  test.each([
    ["the value is smtp_pass", "the value is [redacted]"],
    ["credentials.smtp_pass: smtp_pass", "credentials.smtp_pass: [redacted]"],
    ['{"smtp_pass":"smtp_pass"}', '{"smtp_pass":"[redacted]"}'],
    ["options.password → password.", "options.password → [redacted]."],
    ["smtp://mary:password@mail.example", "smtp://mary:[redacted]@mail.example"],
    ["Wrong.smtp_pass1", "Wrong.[redacted]1"],
    ["a.b.PASSWORD password", "a.b.PASSWORD [redacted]"],
  ])("is hidden everywhere else: %s", (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  test("does not show one that is not a name", () => {
    expect(createRedactor(["Hunter_22"])("options.Hunter_22 and options.[Hunter_22]")).toBe(
      "options.[redacted] and options.[[redacted]]",
    );
  });
});
