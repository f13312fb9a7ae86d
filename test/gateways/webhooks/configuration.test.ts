import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { readServiceSettings } from "../../../gateways/forward-auth/read-settings.ts";

const root = join(import.meta.dirname, "../../..");
const ENVIRONMENT = {
  AUTH0_DOMAIN: "example.eu.auth0.com",
  API_IDENTIFIER: "https://api.example.com/",
  STRIPE_GATEWAY_KEY: "rk_test_1",
};
const SECRET = "whsec_0123456789";
const read = async (changes: Record<string, string>) =>
  (await readServiceSettings(root, { ...ENVIRONMENT, ...changes })).webhooks;

describe("the receiver of webhooks", () => {
  test.each<[string, Record<string, string>, unknown]>([
    ["is off without a secret", {}, undefined],
    ["is off with an empty one", { STRIPE_WEBHOOK_SECRET: "" }, undefined],
    [
      "writes to nobody without a client",
      { STRIPE_WEBHOOK_SECRET: SECRET },
      { secrets: [SECRET], management: undefined },
    ],
    [
      "takes two secrets while one is rolled",
      { STRIPE_WEBHOOK_SECRET: `${SECRET}, ${SECRET}9` },
      { secrets: [SECRET, `${SECRET}9`], management: undefined },
    ],
    [
      "takes them one a line, as the file has them that npm run stripe:catalogue keeps",
      { STRIPE_WEBHOOK_SECRET: `${SECRET}\n${SECRET}9\r\n` },
      { secrets: [SECRET, `${SECRET}9`], management: undefined },
    ],
    [
      "writes as its client",
      { STRIPE_WEBHOOK_SECRET: SECRET, WEBHOOK_CLIENT_ID: "id", WEBHOOK_CLIENT_SECRET: "secret" },
      { secrets: [SECRET], management: { domain: "example.eu.auth0.com", clientId: "id", clientSecret: "secret" } },
    ],
  ])("%s", async (_case, changes, expected) => {
    await expect(read(changes)).resolves.toEqual(expected);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ["a blank secret", { STRIPE_WEBHOOK_SECRET: " " }, /STRIPE_WEBHOOK_SECRET: expected whsec_/],
    ["a blank one among others", { STRIPE_WEBHOOK_SECRET: `${SECRET},` }, /STRIPE_WEBHOOK_SECRET/],
    ["two with a blank between", { STRIPE_WEBHOOK_SECRET: `${SECRET} ${SECRET}9` }, /STRIPE_WEBHOOK_SECRET/],
    ["an API key as secret", { STRIPE_WEBHOOK_SECRET: "rk_test_0123456789" }, /STRIPE_WEBHOOK_SECRET/],
    ["half a client", { STRIPE_WEBHOOK_SECRET: SECRET, WEBHOOK_CLIENT_ID: "id" }, /belong together/],
    [
      "a client for no webhooks",
      { WEBHOOK_CLIENT_ID: "id", WEBHOOK_CLIENT_SECRET: "s" },
      /STRIPE_WEBHOOK_SECRET: without it/,
    ],
    [
      "a client of no tenant",
      {
        AUTH0_DOMAIN: "",
        AUTH0_ISSUER: "https://login.example.com/",
        STRIPE_WEBHOOK_SECRET: SECRET,
        WEBHOOK_CLIENT_ID: "id",
        WEBHOOK_CLIENT_SECRET: "s",
      },
      /AUTH0_DOMAIN: they belong together/,
    ],
  ])("is refused with %s", async (_case, changes, text) => {
    await expect(read(changes)).rejects.toMatchObject({
      code: "GATEWAY_CONFIGURATION",
      message: expect.stringMatching(text),
    });
  });
});
