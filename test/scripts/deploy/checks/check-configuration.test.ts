import { describe, expect, test } from "@jest/globals";
import { CommandError } from "../../../../scripts/command.ts";
import { checkConfiguration } from "../../../../scripts/deploy/checks/check-configuration.ts";
import { type ContextChange, makeContext } from "./context.ts";

const LIVE = "example.eu.auth0.com";

/** Codes in the refusal, in the order in which they stand there. */
async function refusal(change: ContextChange): Promise<{ codes: readonly string[]; message: string }> {
  const error: unknown = await checkConfiguration(makeContext(change)).catch((caught: unknown) => caught);
  if (!(error instanceof CommandError)) throw new Error("nothing was refused");
  expect(error).toMatchObject({ code: "CONFIGURATION_REFUSED", exitCode: 2 });
  return { codes: [...error.message.matchAll(/\[([A-Z_]+)\]/g)].map(([, code = ""]) => code), message: error.message };
}

const REQUIRED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "require-subscription": { API_IDENTIFIER: "https://api.example/", STRIPE_SECRET_KEY: "rk_test_sound" },
};

const MISSPELT = [
  ["sync-stripe-customer", "STRIPE_CUSTOMER", "chekout", "must be one of login, checkout"],
  ["sync-stripe-customer", "STRIPE_FAILURE", "keep", "must be one of deny, allow"],
  ["sync-stripe-customer", "STRIPE_EXISTING_CUSTOMER", "adopted", "must be one of deny, adopt"],
  ["filter-scopes", "SCOPES", "all", "must be one of assigned, requested"],
  ["require-subscription", "STRIPE_FAILURE", "allow", "must be one of keep, deny"],
  ["require-subscription", "STRIPE_RECHECK_HOURS", "0.5", "must be a whole number from 1"],
  ["require-subscription", "DIRECT_PERMISSIONS", "kept", "must be one of remove, keep"],
  ["require-subscription", "EXTENSION_PERMISSIONS", "true", "must be one of off, on"],
] as const;

describe("what is looked at before anything is sent", () => {
  test("lets sound settings for the local tenant pass, without asking Stripe", async () => {
    await expect(checkConfiguration(makeContext())).resolves.toEqual([]);
  });

  test.each<[string, ContextChange, string, RegExp]>([
    [
      "a session token secret of 31 bytes",
      { settings: { SESSION_TOKEN_SECRET: "x".repeat(31) } },
      "ACTION_SETTING_BAD",
      /SESSION_TOKEN_SECRET is shorter than 32 bytes/,
    ],
    [
      "a day that no calendar has",
      { settings: { VERIFY_EMAIL_SINCE: "2026-02-30" } },
      "ACTION_SETTING_BAD",
      /require-verified-email.*VERIFY_EMAIL_SINCE must be a day/,
    ],
    [
      "a start of the sync that is not a date",
      { settings: { STRIPE_SYNC_SINCE: "yesterday" } },
      "ACTION_SETTING_BAD",
      /sync-stripe-customer.*STRIPE_SYNC_SINCE must be a day/,
    ],
    [
      "a verification page without https",
      { settings: { VERIFY_EMAIL_URL: "http://app.example/" } },
      "ACTION_SETTING_BAD",
      /VERIFY_EMAIL_URL must be an absolute https URL/,
    ],
    ["a publishable key", { settings: { STRIPE_SECRET_KEY: "pk_test_abc" } }, "STRIPE_KEY_MALFORMED", /rk_test_/],
    ["a webhook's secret", { settings: { STRIPE_SECRET_KEY: "whsec_abc" } }, "STRIPE_KEY_MALFORMED", /rk_test_/],
    ["a blank key", { settings: { STRIPE_SECRET_KEY: "  " } }, "ACTION_SETTING_BAD", /STRIPE_SECRET_KEY is missing/],
    [
      "a key with a line break in it",
      { settings: { STRIPE_SECRET_KEY: "rk_test_a\nb" } },
      "STRIPE_KEY_MALFORMED",
      /rk_test_/,
    ],
    ["a secret key", { settings: { STRIPE_SECRET_KEY: "sk_test_abc" } }, "STRIPE_KEY_SECRET", /--allow-secret-key/],
    [
      "a live key for the tenant on this machine",
      { settings: { STRIPE_SECRET_KEY: "rk_live_abc" } },
      "STRIPE_KEY_LIVE",
      /development tenant/,
    ],
    [
      "a live key for a tenant marked as development",
      {
        settings: { STRIPE_SECRET_KEY: "rk_live_abc" },
        domain: LIVE,
        environment: { TENANT_STAGE: "development" },
        skipStripeCheck: true,
      },
      "STRIPE_KEY_LIVE",
      /example\.eu\.auth0\.com/,
    ],
    [
      "a test key for a tenant marked as production",
      { domain: LIVE, environment: { TENANT_STAGE: "production" }, skipStripeCheck: true },
      "STRIPE_KEY_TEST",
      /Use a live key/,
    ],
    [
      "a secret of .env.example for a tenant that is not on this machine",
      {
        settings: { SESSION_TOKEN_SECRET: "example-only-session-token-secret" },
        domain: LIVE,
        skipStripeCheck: true,
      },
      "SECRET_FROM_EXAMPLE",
      /SESSION_TOKEN_SECRET still has the value of \.env\.example/,
    ],
    [
      "a Stripe key of .env.example where Stripe is not asked",
      { settings: { STRIPE_SECRET_KEY: "rk_test_example_only" }, domain: LIVE, skipStripeCheck: true },
      "SECRET_FROM_EXAMPLE",
      /STRIPE_SECRET_KEY still/,
    ],
    [
      "a stage that is misspelt",
      { environment: { TENANT_STAGE: "prod" } },
      "TENANT_STAGE_UNKNOWN",
      /development or production/,
    ],
    [
      "a Stripe somewhere else",
      { environment: { STRIPE_API_URL: "https://stripe.example" } },
      "STRIPE_API_URL_REFUSED",
      /on this machine only/,
    ],
    [
      "a Stripe that only looks local",
      { environment: { STRIPE_API_URL: "http://localhost.example:1" } },
      "STRIPE_API_URL_REFUSED",
      /on this machine only/,
    ],
    ...MISSPELT.map(([action, name, value, demand]): [string, ContextChange, string, RegExp] => [
      `${name} that ${action} does not know`,
      { added: { [action]: { ...REQUIRED[action], [name]: value } } },
      "ACTION_SETTING_BAD",
      new RegExp(`${action} would refuse.*${name} ${demand}`),
    ]),
  ])("refuses %s", async (_name, change, code, advice) => {
    const { codes, message } = await refusal(change);
    expect(codes).toContain(code);
    expect(message).toMatch(advice);
    const key = change.settings?.STRIPE_SECRET_KEY?.trim();
    if (key) expect(message).not.toContain(key);
  });

  test("names everything at once", async () => {
    const settings = {
      SESSION_TOKEN_SECRET: "short",
      VERIFY_EMAIL_SINCE: "x",
      STRIPE_SYNC_SINCE: "y",
      STRIPE_SECRET_KEY: "sk_live_abc",
    };
    const { codes } = await refusal({ settings, environment: { TENANT_STAGE: "devel" } });
    expect(codes).toEqual([
      "TENANT_STAGE_UNKNOWN",
      "ACTION_SETTING_BAD",
      "ACTION_SETTING_BAD",
      "ACTION_SETTING_BAD",
      "STRIPE_KEY_SECRET",
      "STRIPE_KEY_LIVE",
    ]);
  });

  test("takes a secret key where somebody says so, and says what that means", async () => {
    const context = makeContext({ settings: { STRIPE_SECRET_KEY: "sk_test_abc" }, allowSecretKey: true });
    await expect(checkConfiguration(context)).resolves.toEqual([
      {
        severity: "warning",
        code: "STRIPE_KEY_SECRET",
        message: "STRIPE_SECRET_KEY is a secret key: whoever gets it may do everything.",
      },
    ]);
  });

  test("takes the secrets of .env.example for the tenant on this machine", async () => {
    const settings = { SESSION_TOKEN_SECRET: "example-only-session-token-secret" };
    await expect(checkConfiguration(makeContext({ settings }))).resolves.toEqual([]);
  });

  test("takes a live key for a tenant that is not marked as development", async () => {
    const change = { settings: { STRIPE_SECRET_KEY: "rk_live_abc" }, domain: LIVE, skipStripeCheck: true };
    await expect(checkConfiguration(makeContext(change))).resolves.toMatchObject([{ code: "STRIPE_NOT_CHECKED" }]);
  });

  test.each(["development", "production", ""])("takes the stage %j", async (TENANT_STAGE) => {
    const change = { environment: { TENANT_STAGE }, domain: LIVE, skipStripeCheck: true };
    const settings = { STRIPE_SECRET_KEY: TENANT_STAGE === "production" ? "rk_live_abc" : "rk_test_abc" };
    await expect(checkConfiguration(makeContext({ ...change, settings }))).resolves.toMatchObject([
      { code: "STRIPE_NOT_CHECKED" },
    ]);
  });

  test("has one thing to say of a blank key", async () => {
    const { codes } = await refusal({ settings: { STRIPE_SECRET_KEY: "  " } });
    expect(codes).toEqual(["ACTION_SETTING_BAD"]);
  });

  test("takes blanks around a key for none of it", async () => {
    const settings = { STRIPE_SECRET_KEY: " rk_test_sound " };
    await expect(checkConfiguration(makeContext({ settings }))).resolves.toEqual([]);
  });

  test("leaves an Action alone one of whose secrets the tenant alone has", async () => {
    const context = makeContext({ settings: { STRIPE_SYNC_SINCE: "yesterday", STRIPE_SECRET_KEY: "pk_test_abc" } });
    const actions = (context.document.actions ?? []).map((action) => ({
      ...action,
      secrets: [...(action.secrets ?? []), { name: "KEPT" }],
    }));
    await expect(checkConfiguration({ ...context, document: { actions } })).resolves.toEqual([]);
  });

  test("names the key alone that an Action lacks", async () => {
    const { document } = makeContext();
    const actions = (document.actions ?? []).map(({ secrets = [], ...action }) => ({
      ...action,
      secrets: secrets.filter(({ name }) => name !== "STRIPE_SECRET_KEY"),
    }));
    await expect(checkConfiguration({ ...makeContext(), document: { actions } })).rejects.toMatchObject({
      message: `Nothing was sent:
✗ sync-stripe-customer would refuse every login: STRIPE_SECRET_KEY is missing. Set it among the Action's secrets and deploy. [ACTION_SETTING_BAD]`,
    });
  });

  test("has nothing to say about a tenant file without these Actions", async () => {
    await expect(checkConfiguration({ ...makeContext(), document: {} })).resolves.toEqual([]);
  });
});
