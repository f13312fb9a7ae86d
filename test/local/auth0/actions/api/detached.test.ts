import { expect, test } from "@jest/globals";
import {
  createCredentialsExchangeApi,
  startCredentialsExchange,
} from "../../../../../local/auth0/actions/api/credentials-exchange.ts";
import { createDeliveryApi } from "../../../../../local/auth0/actions/api/delivery.ts";
import { createPasswordResetApi } from "../../../../../local/auth0/actions/api/password-reset.ts";
import { createPreUserRegistrationApi } from "../../../../../local/auth0/actions/api/pre-user-registration.ts";
import { DEFAULT_API_SETTINGS } from "../../../../../local/auth0/actions/api/settings.ts";
import { buildApi } from "../../../../support/actions/api.ts";
import { buildClientCredentialsEvent } from "../../../../support/actions/client-credentials-event.ts";

type Methods = Readonly<Record<string, (...given: unknown[]) => unknown>>;

const loginApi = () => buildApi().api as unknown as Readonly<Record<string, Methods>>;
const exchangeApi = () => {
  const event = buildClientCredentialsEvent();
  const { api } = createCredentialsExchangeApi({ event, transaction: startCredentialsExchange(event) });
  return api as unknown as Readonly<Record<string, Methods>>;
};

const given = { event: {} as never, settings: DEFAULT_API_SETTINGS, now: () => 0 };
const registrationApi = () => {
  const transaction = { appMetadata: new Map(), userMetadata: new Map(), cache: new Map() };
  return createPreUserRegistrationApi({ ...given, transaction }).api as unknown as Readonly<Record<string, Methods>>;
};
const resetApi = () =>
  createPasswordResetApi({ ...given, transaction: { cache: new Map() } }).api as unknown as Readonly<
    Record<string, Methods>
  >;
const deliveryApi = () =>
  createDeliveryApi({ ...given, transaction: { cache: new Map() } }).api as unknown as Readonly<
    Record<string, Methods>
  >;

/** Arguments that the method takes when it is called on its object. Source: Auth0 docs, "Post Login API Object". */
const LOGIN_CALLS: readonly [namespace: string, method: string, ...given: unknown[]][] = [
  ["access", "deny", "no"],
  ["accessToken", "setCustomClaim", "a", 1],
  ["accessToken", "addScope", "get:users"],
  ["accessToken", "removeScope", "get:users"],
  ["authentication", "challengeWith", { type: "otp" }],
  ["authentication", "challengeWithAny", [{ type: "otp" }]],
  ["authentication", "enrollWith", { type: "otp" }],
  ["authentication", "enrollWithAny", [{ type: "otp" }]],
  ["authentication", "recordMethod", "https://app.example.com/"],
  ["authentication", "setPrimaryUser", "auth0|2"],
  ["cache", "get", "key"],
  ["cache", "set", "key", "value"],
  ["cache", "delete", "key"],
  ["idToken", "setCustomClaim", "a", 1],
  ["multifactor", "enable", "any"],
  ["prompt", "render", "form"],
  ["redirect", "sendUserTo", "https://app.example.com/"],
  ["redirect", "encodeToken", { secret: "s", payload: {} }],
  ["redirect", "validateToken", { secret: "s" }],
  ["redirect", "canRedirect"],
  ["refreshToken", "setExpiresAt", 1],
  ["refreshToken", "setIdleExpiresAt", 1],
  ["refreshToken", "deleteMetadata", "a"],
  ["refreshToken", "evictMetadata"],
  ["refreshToken", "revoke", "bye"],
  ["rules", "wasExecuted", "rul_1"],
  ["samlResponse", "setAttribute", "a", "b"],
  ["samlResponse", "setAudience", "a"],
  ["samlResponse", "setNameIdentifierFormat"],
  ["samlResponse", "setRelayState", "a"],
  ["session", "setExpiresAt", 1],
  ["session", "setIdleExpiresAt", 1],
  ["session", "deleteMetadata", "a"],
  ["session", "evictMetadata"],
  ["session", "revoke", "bye"],
  ["session", "setCookieMode", "persistent"],
  ["transaction", "setMetadata", "a", 1],
  ["transaction", "addTargetScope", "get:users"],
  ["transaction", "removeTargetScope", "get:users"],
  ["transaction", "setTargetScopes", ["get:users"]],
  ["transaction", "clearTargetScopes"],
  ["user", "setAppMetadata", "a", 1],
  ["user", "setUserMetadata", "a", 1],
  ["validation", "error", "code", "text"],
];

const EXCHANGE_CALLS: typeof LOGIN_CALLS = [
  ["access", "deny", "invalid_scope", "no"],
  ["accessToken", "setCustomClaim", "a", 1],
  ["cache", "get", "key"],
  ["transaction", "addTargetScope", "get:users"],
  ["transaction", "clearTargetScopes"],
];

const REGISTRATION_CALLS: typeof LOGIN_CALLS = [
  ["access", "deny", "no", "Sorry"],
  ["cache", "get", "key"],
  ["user", "setAppMetadata", "a", 1],
  ["user", "setUserMetadata", "a", 1],
  ["validation", "error", "code", "text"],
];

const RESET_CALLS: typeof LOGIN_CALLS = [
  ["access", "deny", "no"],
  ["authentication", "challengeWith", { type: "otp" }],
  ["authentication", "challengeWithAny", [{ type: "otp" }]],
  ["cache", "get", "key"],
  ["prompt", "render", "form"],
  ["redirect", "sendUserTo", "https://app.example.com/"],
  ["transaction", "setResultUrl", "https://app.example.com/"],
];

const DELIVERY_CALLS: typeof LOGIN_CALLS = [
  ["cache", "get", "key"],
  ["notification", "drop", "no"],
  ["notification", "retry", "later"],
];

const listCalls = (trigger: string, rows: typeof LOGIN_CALLS, api: typeof loginApi) =>
  rows.map(([namespace, method, ...given]) => ({ trigger, namespace, method, given, api }));

const calls = [
  ...listCalls("post-login", LOGIN_CALLS, loginApi),
  ...listCalls("credentials-exchange", EXCHANGE_CALLS, exchangeApi),
  ...listCalls("pre-user-registration", REGISTRATION_CALLS, registrationApi),
  ...listCalls("password-reset-post-challenge", RESET_CALLS, resetApi),
  ...listCalls("custom-email-provider", DELIVERY_CALLS, deliveryApi),
];

test.each(calls)(
  "$trigger: api.$namespace.$method taken off its object throws",
  ({ namespace, method, given, ...the }) => {
    const { [method]: taken } = the.api()[namespace]!;
    expect(() => taken!(...given)).toThrow(TypeError);
    // Nor does another object do.
    expect(() => Reflect.apply(taken!, the.api(), given)).toThrow(TypeError);
  },
);

test.each([
  ["groups", "getUserGroups"],
  ["groups", "hasGroupMembership", ["a"]],
  ["roles", "getUserEffectiveRoles"],
  ["roles", "getUserEffectiveRolesByIds", ["a"]],
  ["roles", "getUserEffectiveRolesByNames", ["a"]],
])("api.%s.%s taken off its object rejects", async (namespace, method, ...given: unknown[]) => {
  const { [method]: taken } = loginApi()[namespace]!;
  await expect(taken!(...given)).rejects.toThrow(TypeError);
});

/** Auth0's own method catches whatever goes wrong in it and throws this instead. */
test.each([
  ["session", "Failed to set session metadata: "],
  ["refreshToken", "Failed to set refresh token metadata: "],
])("api.%s.setMetadata taken off its object says what could not be done", (namespace, message) => {
  const { setMetadata } = loginApi()[namespace]!;
  expect(() => setMetadata!("a", "b")).toThrow(message);
});

test("a method that is handed on as it stands takes nothing away", () => {
  const { api, transaction } = buildApi();
  expect(() => ["get:users", "get:orders"].forEach(api.accessToken.removeScope)).toThrow(TypeError);
  expect(transaction.scopeOperations.size).toBe(0);
  ["get:users", "get:orders"].forEach((scope) => {
    api.accessToken.removeScope(scope);
  });
  expect([...transaction.scopeOperations]).toEqual([
    ["get:users", "remove"],
    ["get:orders", "remove"],
  ]);
});

test("bound to its object, a method works wherever it is called", () => {
  const { api, effects } = buildApi();
  const deny = api.access.deny.bind(api.access);
  expect(deny("no")).toBe(api);
  expect(effects).toEqual([{ type: "deny", reason: "no" }]);
});

test("a namespace shows nothing of what it is made of", () => {
  const api = loginApi();
  expect(Object.fromEntries(Object.entries(api).map(([name, namespace]) => [name, Object.keys(namespace)]))).toEqual(
    Object.fromEntries(Object.keys(api).map((name) => [name, []])),
  );
});
