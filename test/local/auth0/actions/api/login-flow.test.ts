import { describe, expect, test } from "@jest/globals";
import { planNextStep } from "../../../../../local/auth0/actions/api/next-step.ts";
import { type ApiOptions, buildApi } from "../../../../support/actions/api.ts";
import { buildEvent } from "../../../../support/actions/event.ts";

type Api = ReturnType<typeof buildApi>["api"];
const REDIRECT_AND_RENDER = "Redirect and render commands cannot be used in the same action.";
const PAGE = "https://app.example.com/";

describe("what happens once the handler has returned", () => {
  test.each<[string, (api: Api) => unknown, object]>([
    ["nothing asked for", () => {}, { type: "run-next-action" }],
    ["a claim", (api) => api.idToken.setCustomClaim("a", 1), { type: "run-next-action" }],
    ["deny", (api) => api.access.deny("no"), { type: "deny", reason: "no", revokes: "nothing" }],
    [
      "deny twice: the first",
      (api) => api.access.deny("no").access.deny("never"),
      { type: "deny", reason: "no", revokes: "nothing" },
    ],
    [
      "redirect and deny: deny",
      (api) => api.redirect.sendUserTo(PAGE).access.deny("no"),
      { type: "deny", reason: "no", revokes: "nothing" },
    ],
    [
      "a validation error",
      (api) => api.validation.error("code", "text"),
      { type: "validation-error", code: "code", message: "text" },
    ],
    [
      "a validation error and deny: deny",
      (api) => api.validation.error("code", "text").access.deny("no"),
      { type: "deny", reason: "no", revokes: "nothing" },
    ],
    ["redirect", (api) => api.redirect.sendUserTo(PAGE), { type: "redirect", url: PAGE }],
    [
      "redirect twice: the last",
      (api) => api.redirect.sendUserTo(`${PAGE}1`).redirect.sendUserTo(`${PAGE}2`),
      { type: "redirect", url: `${PAGE}2` },
    ],
    [
      "a form",
      (api) => api.prompt.render("form", { vars: { a: 1 } }),
      { type: "render-prompt", promptId: "form", fields: undefined, vars: { a: 1 } },
    ],
    [
      "a factor",
      (api) => api.authentication.challengeWith({ type: "otp" }),
      { type: "challenge", factors: [{ type: "otp" }], isSelectorShown: false },
    ],
    [
      "a form after a redirect",
      (api) => {
        api.redirect.sendUserTo(PAGE);
        api.prompt.render("form");
      },
      { type: "fail", message: REDIRECT_AND_RENDER },
    ],
    [
      "a redirect after a form",
      (api) => {
        api.prompt.render("form");
        api.redirect.sendUserTo(PAGE);
      },
      { type: "fail", message: REDIRECT_AND_RENDER },
    ],
    [
      "two forms",
      (api) => {
        api.prompt.render("a");
        api.prompt.render("b");
      },
      { type: "fail", message: "Only 1 render command per action is allowed." },
    ],
    [
      "a session revoked",
      (api) => api.session.revoke("bye"),
      { type: "deny", reason: "bye", revokes: "session-and-refresh-tokens" },
    ],
    [
      "a session revoked, tokens kept",
      (api) => api.session.revoke("bye", { preserveRefreshTokens: true }),
      { type: "deny", reason: "bye", revokes: "session" },
    ],
    [
      "deny and a session revoked: both",
      (api) => {
        api.access.deny("no");
        api.session.revoke("bye");
      },
      { type: "deny", reason: "bye", revokes: "session-and-refresh-tokens" },
    ],
    [
      "a refresh token revoked at a login",
      (api) => api.refreshToken.revoke("bye"),
      { type: "fail", message: "A refresh token can only be revoked when it is exchanged." },
    ],
    [
      "a method recorded at first",
      (api) => api.authentication.recordMethod("https://m.example.com"),
      { type: "fail", message: "Methods can only be recorded in onContinuePostLogin." },
    ],
  ])("%s", (_call, call, step) => {
    const { api, effects } = buildApi();
    call(api);
    expect(planNextStep(effects)).toEqual(step);
  });

  test("a refresh token revoked when it is exchanged denies the exchange", () => {
    const { api, effects } = buildApi(buildEvent("refresh exchange"));
    api.refreshToken.revoke("bye");
    expect(planNextStep(effects)).toEqual({ type: "deny", reason: "bye", revokes: "refresh-token" });
  });

  test("of two redirects the first, where that is set", () => {
    const { api, effects } = buildApi();
    api.redirect.sendUserTo(`${PAGE}1`).redirect.sendUserTo(`${PAGE}2`);
    expect(planNextStep(effects, { repeatedRedirect: "first" })).toEqual({ type: "redirect", url: `${PAGE}1` });
  });

  test("misplaced calls change nothing, where that is set", () => {
    const { api, effects } = buildApi(buildEvent(), { settings: { misplacedCall: "ignored" } });
    api.refreshToken.revoke("bye");
    api.authentication.recordMethod("https://m.example.com");
    expect(effects).toEqual([]);
  });
});

describe("redirect.sendUserTo", () => {
  test("replaces parameters of the same name and keeps the others", () => {
    const { api, effects } = buildApi();
    api.redirect.sendUserTo("https://app.example.com/verify?a=1&b=2", { query: { b: "x y", c: "&" } });
    expect(effects).toEqual([{ type: "redirect", url: "https://app.example.com/verify?a=1&b=x+y&c=%26" }]);
  });

  test.each([["/verify"], ["app.example.com"], [""]])("throws for %p, which is not an absolute URL", (url) => {
    const { api, effects } = buildApi();
    expect(() => api.redirect.sendUserTo(url)).toThrow("Invalid URL");
    expect(effects).toEqual([]);
  });
});

test.each<[string, Parameters<typeof buildEvent>, boolean]>([
  ["a login", ["database"], true],
  ["device", ["device"], true],
  ["no transaction", ["database", { transaction: undefined }], true],
  ["prompt=none", ["silent"], false],
  ["a refresh exchange", ["refresh exchange"], false],
  ["a password grant", ["password grant"], false],
  ["a resource owner grant", ["database", { transaction: { protocol: "oauth2-resource-owner" } }], false],
  ["webauthn", ["database", { transaction: { protocol: "oauth2-webauthn" } }], false],
])("redirect.canRedirect at %s", (_login, changes, expected) => {
  expect(buildApi(buildEvent(...changes)).api.redirect.canRedirect()).toBe(expected);
});

describe("prompt.render", () => {
  const fields = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, 1]));

  test.each<[string, unknown, unknown, string]>([
    ["no id", undefined, {}, " must have required property 'promptId'"],
    ["an id that is not text", 7, {}, "promptId must be string"],
    ["a long id", "p".repeat(49), {}, "promptId must NOT have more than 48 characters"],
    ["options that are not an object", "p", [], "promptOptions must be object"],
    ["an unknown option", "p", { values: {} }, "promptOptions must NOT have additional properties"],
    ["fields that are not an object", "p", { fields: "a" }, "fields must be object"],
    ["too many fields", "p", { fields: fields(25) }, "fields must NOT have more than 24 properties"],
    ["a field with an odd name", "p", { fields: { "a-b": 1 } }, "fields must NOT have additional properties"],
    ["too many variables", "p", { vars: fields(25) }, "vars must NOT have more than 24 properties"],
    [
      "several mistakes",
      7,
      { values: {}, vars: 1 },
      "promptId must be string; promptOptions must NOT have additional properties; vars must be object",
    ],
    [
      "24 KiB",
      "p",
      { vars: { a: "x".repeat(24 * 1024) } },
      "The total size of the prompt options exceeds the limit of 24576 bytes.",
    ],
  ])("throws for %s", (_state, id, options, message) => {
    const { api, effects } = buildApi();
    expect(() => api.prompt.render(id as string, options as object)).toThrow(new Error(message));
    expect(effects).toEqual([]);
  });

  test("takes odd names of variables, 24 of each, and no options", () => {
    const { api, effects } = buildApi();
    api.prompt.render("p", { fields: fields(24), vars: { "a b.c": 1 } });
    expect(effects).toEqual([{ type: "render-prompt", promptId: "p", fields: fields(24), vars: { "a b.c": 1 } }]);
    expect(() => buildApi().api.prompt.render("p", null as unknown as object)).not.toThrow();
  });
});

describe("validation.error", () => {
  test.each<[unknown, unknown, string]>([
    [undefined, undefined, " must have required property 'errorCode',  must have required property 'errorMessage'"],
    [1, "text", "errorCode must be string"],
    [
      "c".repeat(101),
      "m".repeat(101),
      "errorCode must NOT have more than 100 characters; errorMessage must NOT have more than 100 characters",
    ],
  ])("throws for %p, %p", (code, message, expected) => {
    expect(() => buildApi().api.validation.error(code as string, message as string)).toThrow(
      new Error(expected.replace(",  must", ", must")),
    );
  });

  test("counts characters, not code units", () => {
    expect(() => buildApi().api.validation.error("c", "😀".repeat(100))).not.toThrow();
    expect(() => buildApi().api.validation.error("c", "😀".repeat(101))).toThrow("errorMessage must NOT have more");
  });
});

describe("authentication", () => {
  test.each<[string, (api: Api) => unknown, object]>([
    [
      "challengeWith",
      (api) => api.authentication.challengeWith({ type: "otp" }, { additionalFactors: [{ type: "phone" }] }),
      { type: "challenge", factors: [{ type: "otp" }, { type: "phone" }], isSelectorShown: false },
    ],
    [
      "challengeWithAny",
      (api) => api.authentication.challengeWithAny([{ type: "email" }]),
      { type: "challenge", factors: [{ type: "email" }], isSelectorShown: true },
    ],
    [
      "enrollWith",
      (api) => api.authentication.enrollWith({ type: "otp" }, { additionalFactors: [{ type: "phone" }] }),
      { type: "enroll", factors: [{ type: "otp" }, { type: "phone" }], isSelectorShown: false },
    ],
    [
      "enrollWith one factor",
      (api) => api.authentication.enrollWith({ type: "otp" }),
      { type: "enroll", factors: [{ type: "otp" }], isSelectorShown: false },
    ],
    [
      "enrollWithAny",
      (api) => api.authentication.enrollWithAny([{ type: "otp" }]),
      { type: "enroll", factors: [{ type: "otp" }], isSelectorShown: true },
    ],
    [
      "recordMethod",
      (api) => api.authentication.recordMethod("https://m.example.com"),
      { type: "record-method", url: "https://m.example.com" },
    ],
    [
      "setPrimaryUser",
      (api) => api.authentication.setPrimaryUser("auth0|eve"),
      { type: "set-primary-user", userId: "auth0|eve" },
    ],
    [
      "multifactor.enable",
      (api) => api.multifactor.enable("any", { allowRememberBrowser: true }),
      { type: "enable-multifactor", provider: "any", allowRememberBrowser: true, providerOptions: undefined },
    ],
    [
      "multifactor.enable without options",
      (api) => api.multifactor.enable("guardian"),
      { type: "enable-multifactor", provider: "guardian", allowRememberBrowser: undefined, providerOptions: undefined },
    ],
  ])("%s", (_method, call, effect) => {
    const { api, effects } = buildApi(buildEvent(), { isContinuing: true });
    call(api);
    expect(effects).toEqual([effect]);
  });

  test.each<[unknown, string]>([
    ["", "The provided primary_user_id must be a non-empty string"],
    [undefined, "The provided primary_user_id must be a non-empty string"],
    [7, "The provided primary_user_id must be a non-empty string"],
    ["u".repeat(129), "The provided primary_user_id exceeds the maximum length."],
  ])("setPrimaryUser throws for %p", (id, message) => {
    const { api, transaction } = buildApi();
    expect(() => api.authentication.setPrimaryUser(id as string)).toThrow(new Error(message));
    expect(transaction.primaryUser).toBeUndefined();
  });

  test("setPrimaryUser throws the second time, in a later Action too", () => {
    const { api, transaction } = buildApi();
    api.authentication.setPrimaryUser("u".repeat(128));
    const later = buildApi(buildEvent(), { transaction });
    for (const each of [api, later.api]) {
      expect(() => each.authentication.setPrimaryUser("auth0|eve")).toThrow(
        new Error("The primary user can only be altered once per transaction"),
      );
    }
  });
});

test("methods that return the api can be chained", () => {
  const { api } = buildApi(buildEvent(), { isContinuing: true });
  const chained = api.access
    .deny("no")
    .accessToken.setCustomClaim("a", 1)
    .idToken.setCustomClaim("a", 1)
    .user.setAppMetadata("a", 1)
    .user.setUserMetadata("a", 1)
    .authentication.recordMethod("https://m.example.com")
    .multifactor.enable("none")
    .redirect.sendUserTo(PAGE)
    .validation.error("a", "b");
  expect(chained).toBe(api);
});

test("rules.wasExecuted knows the Rules that ran", () => {
  const options: ApiOptions = { executedRules: ["rul_1"] };
  expect(buildApi(buildEvent(), options).api.rules.wasExecuted("rul_1")).toBe(true);
  expect(buildApi().api.rules.wasExecuted("rul_1")).toBe(false);
});
