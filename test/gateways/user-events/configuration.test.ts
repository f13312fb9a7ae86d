import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { readServiceSettings } from "../../../gateways/forward-auth/read-settings.ts";

const root = join(import.meta.dirname, "../../..");
const TOKEN = "0123456789abcdef0123456789abcdef";
const COMPLETE = {
  AUTH0_EVENTS_TOKEN: TOKEN,
  STRIPE_USER_EVENTS_KEY: "rk_test_2",
  STRIPE_WEBHOOK_SECRET: "whsec_0123456789",
  WEBHOOK_CLIENT_ID: "id",
  WEBHOOK_CLIENT_SECRET: "secret",
};
const read = async (changes: Record<string, string>) =>
  (
    await readServiceSettings(root, {
      AUTH0_DOMAIN: "example.eu.auth0.com",
      API_IDENTIFIER: "https://api.example.com/",
      STRIPE_GATEWAY_KEY: "rk_test_1",
      ...changes,
    })
  ).userEvents;

test("without a token no event of users is received", async () => {
  await expect(read({ ...COMPLETE, AUTH0_EVENTS_TOKEN: "" })).resolves.toBeUndefined();
});

test("two tokens count while one is rolled, and a deletion cancels where nothing else is said", async () => {
  await expect(read({ ...COMPLETE, AUTH0_EVENTS_TOKEN: `${TOKEN}, ${TOKEN}9` })).resolves.toEqual({
    tokens: [TOKEN, `${TOKEN}9`],
    management: { domain: "example.eu.auth0.com", clientId: "id", clientSecret: "secret" },
    stripe: { secretKey: "rk_test_2", url: undefined },
    onDeletion: "cancel",
  });
});

test.each<[string, Record<string, string>, RegExp]>([
  ["a short token", { AUTH0_EVENTS_TOKEN: "secret" }, /AUTH0_EVENTS_TOKEN: expected at least 32/],
  ["a blank one among others", { AUTH0_EVENTS_TOKEN: `${TOKEN},` }, /AUTH0_EVENTS_TOKEN: expected at least 32/],
  ["another word for a deletion", { USER_DELETED: "keep" }, /USER_DELETED: expected cancel or detach/],
  ["no key for Stripe", { STRIPE_USER_EVENTS_KEY: "" }, /STRIPE_USER_EVENTS_KEY: a restricted key/],
  ["no client", { WEBHOOK_CLIENT_ID: "", WEBHOOK_CLIENT_SECRET: "" }, /AUTH0_EVENTS_TOKEN needs all three/],
])("is refused with %s", async (_case, changes, message) => {
  await expect(read({ ...COMPLETE, ...changes })).rejects.toThrow(message);
});
