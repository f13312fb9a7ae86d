import { expect, test } from "@jest/globals";
import { listSuspects } from "../../../scripts/adopt/list-suspects.ts";

/** Put together here, so that nobody's scanner takes this file for one that has keys in it. */
const made = (...parts: readonly string[]): string => parts.join("");

test.each([
  ["a Stripe key", made("const stripe = require('stripe')('sk_", "live_", "51H8example0000');")],
  ["a restricted one", made("rk_", "test_", "51H8example0000")],
  ["a private key", made("-----BEGIN RSA ", "PRIVATE KEY-----")],
  ["a key of AWS", made("AKIA", "IOSFODNN7EXAMPLE")],
  ["a token of GitHub", made("ghp_", "0123456789abcdefghij0123")],
  ["a password in an address", made("postgres://shop:", "hunter22@db.example/shop")],
  ["a token", made("eyJhbGciOiJI", "UzI1NiJ9.eyJzdWIiOiIx", "MjM0NTY3ODkw.SflKxwRJSMeKKF2QT4")],
  ["something called a key", made("  apiKey: '", "0123456789abcdef',")],
  ["something called a secret", made('const CLIENT_SECRET = "', 'a-long-and-random-text";')],
])("a line with %s is listed, by its place alone", (_, line) => {
  const files = [{ file: "actions/crm/code.js", text: `// first\n${line}\n` }];
  expect(listSuspects(files)).toEqual(["actions/crm/code.js:2"]);
});

test.each([
  "const key = event.secrets.API_KEY;",
  "const apiKey = process.env['KEY'];",
  "password: configuration.PASSWORD,",
  "callback(new WrongUsernameOrPasswordError(email, 'my error message'));",
  "const token_endpoint = 'https://idp.example/oauth/token';",
  "// the secret: nobody knows it",
  "const passwordPolicy = 'good';",
  `const url = \`postgres://\${user}:\${password}@db.example\`;`,
])("a line without one is not: %s", (line) => {
  expect(listSuspects([{ file: "databases/users/login.js", text: line }])).toEqual([]);
});

test("tenant.yaml and the variables are not looked at: no secret is written there", () => {
  const text = made("apiKey: '", "0123456789abcdef'");
  expect(
    listSuspects([
      { file: "tenant.yaml", text },
      { file: ".env", text },
    ]),
  ).toEqual([]);
});
