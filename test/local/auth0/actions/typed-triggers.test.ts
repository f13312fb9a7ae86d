import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CredentialsExchangeAction } from "@auth0/actions/credentials-exchange/v2";
import type { CustomEmailProviderAction } from "@auth0/actions/custom-email-provider/v1";
import type { CustomPhoneProviderAction } from "@auth0/actions/custom-phone-provider/v1";
import type { CustomTokenExchangeAction } from "@auth0/actions/custom-token-exchange/v1";
import type { EventStreamAction } from "@auth0/actions/event-stream/v1";
import type { PasswordResetPostChallengeAction } from "@auth0/actions/password-reset-post-challenge/v1";
import type { PostChangePasswordAction } from "@auth0/actions/post-change-password/v2";
import type { PostLoginAction } from "@auth0/actions/post-login/v3";
import type { PostUserRegistrationAction } from "@auth0/actions/post-user-registration/v2";
import type { PreUserRegistrationAction } from "@auth0/actions/pre-user-registration/v2";
import type { SendPhoneMessageAction } from "@auth0/actions/send-phone-message/v2";
import type { SignupPostIdentifierAction } from "@auth0/actions/signup-post-identifier/v1";
import { expect, test } from "@jest/globals";
import { isDocumented } from "../../../../local/auth0/actions/handler.ts";
import { findTrigger } from "../../../../local/auth0/management/actions/trigger-table.ts";

/** As people write them; the compiler judges. Each line marked as wrong has to be refused by it. */
const TYPED = {
  "post-login v3": (async (event, api) => {
    const { roles, subscription } = event.user.app_metadata;
    if (roles?.includes("admin") && subscription.plan.name !== "free") {
      for (const role of event.user.app_metadata.roles) api.accessToken.addScope(`role:${role}`);
    }
    const years: number = event.user.user_metadata.years ?? 0;
    api.idToken.setCustomClaim("https://app.example/city", event.user.user_metadata.address?.city.toUpperCase());
    if (event.request.query.ui_locales?.startsWith("de")) api.user.setUserMetadata("years", years + 1);
    const { email } = api.redirect.validateToken({ secret: event.secrets.SHARED ?? "" });
    api.user.setAppMetadata("email", email.toLowerCase());
    if (event.organization?.metadata.tier === "gold")
      api.accessToken.setCustomClaim("tier", event.organization.logo.url);
    console.log(event.user.department.name, event.transaction?.custom.value, event.request.geoip.region.name);
    // @ts-expect-error: an event has no permissions
    console.log(event.authorization?.permissions);
  }) satisfies PostLoginAction,
  "credentials-exchange v2": (async (event, api) => {
    if (event.request.body.audience.endsWith("/internal")) api.access.deny("invalid_request", "not for you");
    if (event.client.metadata.tier === "gold") api.accessToken.setCustomClaim("tier", event.request.body.tier.name);
  }) satisfies CredentialsExchangeAction,
  "pre-user-registration v2": (async (event, api) => {
    if (event.user.email?.endsWith("@competitor.example")) {
      api.access.deny("competitor", "Please use another address.").user.setAppMetadata("refused", true);
    }
    // @ts-expect-error: a user who is not stored yet has no id
    api.validation.error("no_id", event.user.user_id);
  }) satisfies PreUserRegistrationAction,
  "post-user-registration v2": (async (event, api) => {
    api.cache.set("last", event.user.user_id);
    // @ts-expect-error: nothing can be refused any more
    api.access.deny("too late");
  }) satisfies PostUserRegistrationAction,
  "post-change-password v2": (async (event) => {
    console.log(event.user.user_id, event.connection.name, event.request.ip);
    // @ts-expect-error: no metadata there
    console.log(event.user.app_metadata);
  }) satisfies PostChangePasswordAction,
  "send-phone-message v2": (async (event) => {
    if (event.message_options.message_type === "voice") throw new Error("texts only");
  }) satisfies SendPhoneMessageAction,
  "password-reset-post-challenge v1": (async (event, api) => {
    if (event.stats.logins_count === 0) api.access.deny("never logged in");
    else api.transaction.setResultUrl("https://a.example/", { query: { from: "reset" } });
  }) satisfies PasswordResetPostChallengeAction,
  "custom-email-provider v1": (async (event, api) => {
    if (event.notification.message_type === "welcome_email") api.notification.drop(event.notification.to);
  }) satisfies CustomEmailProviderAction,
  "custom-phone-provider v1": (async (event, api) => {
    if (event.notification.delivery_method === "voice") api.notification.retry("later");
  }) satisfies CustomPhoneProviderAction,
  "custom-token-exchange v1": (async (event, api) => {
    const user = { user_id: event.transaction.subject_token };
    const options = { creationBehavior: "create_if_not_exists", updateBehavior: "none" } as const;
    api.authentication.setUserByConnection("cards", user, options);
  }) satisfies CustomTokenExchangeAction,
  "event-stream v1": (async (event) => {
    if (event.message.type !== "user.created") throw new Error(event.message.id);
  }) satisfies EventStreamAction,
  "signup-post-identifier v1": (async (event) => {
    console.log(event.initial_connection.name);
  }) satisfies SignupPostIdentifierAction,
};

const root = join(import.meta.dirname, "../../../..");

test("every module of types is one of these", () => {
  const modules = readdirSync(join(root, "types/auth0-actions")).flatMap((file) => {
    const [, id, version] = /^(.*)-(v\d)\.d\.ts$/.exec(file) ?? [];
    return id === undefined ? [] : [`${id} ${version}`];
  });
  expect(modules.sort()).toEqual(Object.keys(TYPED).sort());
  const { paths } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8")).compilerOptions;
  expect(
    Object.keys(paths)
      .map((path) => path.replace("@auth0/actions/", "").replace("/", " "))
      .sort(),
  ).toEqual(modules.sort());
});

test.each(Object.keys(TYPED))("%s is a trigger of Auth0's in its current version", (typed) => {
  const [id = "", version = ""] = typed.split(" ");
  expect(findTrigger(id, version)).toMatchObject({ status: "CURRENT" });
  expect(isDocumented(id)).toBe(id !== "signup-post-identifier");
});
