import type { Endpoint } from "../endpoint.ts";
import type { JsonSchema } from "../validation.ts";
import type { Fields } from "./fields.ts";
import type { Missing } from "./list-kinds.ts";
import { PROMPT, PROMPT_IN_LANGUAGE } from "./prompt-paths.ts";

/** One record at a path. A path with parameters has one for every combination of theirs. */
export interface SettingKind {
  readonly path: `/${string}`;
  /** Schemas of the path parameters that must have a form. */
  readonly params?: NonNullable<Endpoint["params"]>;
  readonly scope: string;
  readonly patch?: NonNullable<Endpoint["body"]>;
  readonly put?: NonNullable<Endpoint["body"]>;
  /** A PUT says whether it made the record, and nothing of it. */
  readonly isPutSilent?: true;
  /** POST, where the record must be created first. */
  readonly create?: string;
  readonly canBeDeleted?: true;
  /** What is answered before anything was written. */
  readonly initial?: unknown;
  /** What a read shows beside what was written. */
  readonly shownWith?: Fields;
  /** The 404 before anything was written. */
  readonly missing?: Missing;
  /** Whether a PATCH merges below the first level. */
  readonly merge?: "deep";
  readonly hidden?: readonly string[];
}

const ATTACK_PROTECTION = { scope: "attack_protection", merge: "deep" } as const;
const FACTORS = { scope: "guardian_factors" } as const;

/** Of methods that auth0 7.1 does not have; members as go-auth0 1.32 names them. */
const MFA_PUSH = describeMembers({
  app_name: { type: "string" },
  apple_app_link: { type: "string" },
  google_app_link: { type: "string" },
});
const RELYING_PARTY = { overrideRelyingParty: { type: "boolean" }, relyingPartyIdentifier: { type: "string" } };
const OWN_RELYING_PARTY = { overrideRelyingParty: false };

function describeMembers(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { type: "object", additionalProperties: false, properties };
}

export const SETTING_KINDS: readonly SettingKind[] = [
  {
    ...ATTACK_PROTECTION,
    path: "/attack-protection/bot-detection",
    patch: "UpdateBotDetectionSettingsRequestContent",
    initial: {
      challenge_password_policy: "never",
      challenge_passwordless_policy: "never",
      challenge_password_reset_policy: "never",
      allowlist: [],
      bot_detection_level: "medium",
      monitoring_mode_enabled: false,
    },
  },
  {
    ...ATTACK_PROTECTION,
    path: "/attack-protection/breached-password-detection",
    patch: "UpdateBreachedPasswordDetectionSettingsRequestContent",
    initial: {
      enabled: false,
      shields: [],
      admin_notification_frequency: [],
      method: "standard",
      stage: { "pre-user-registration": { shields: [] }, "pre-change-password": { shields: [] } },
    },
  },
  {
    ...ATTACK_PROTECTION,
    path: "/attack-protection/brute-force-protection",
    patch: "UpdateBruteForceSettingsRequestContent",
    initial: {
      enabled: true,
      shields: ["block", "user_notification"],
      mode: "count_per_identifier_and_ip",
      allowlist: [],
      max_attempts: 10,
    },
  },
  {
    ...ATTACK_PROTECTION,
    path: "/attack-protection/captcha",
    patch: "UpdateAttackProtectionCaptchaRequestContent",
    initial: {
      active_provider_id: "auth_challenge",
      simple_captcha: {},
      auth_challenge: { fail_open: false },
      recaptcha_v2: { site_key: "" },
      recaptcha_enterprise: { site_key: "", project_id: "" },
      hcaptcha: { site_key: "" },
      friendly_captcha: { site_key: "" },
      arkose: { site_key: "", client_subdomain: "client-api", verify_subdomain: "verify-api", fail_open: false },
    },
    hidden: [
      "recaptcha_v2.secret",
      "recaptcha_enterprise.api_key",
      "hcaptcha.secret",
      "friendly_captcha.secret",
      "arkose.secret",
    ],
  },
  {
    ...ATTACK_PROTECTION,
    path: "/attack-protection/suspicious-ip-throttling",
    patch: "UpdateSuspiciousIpThrottlingSettingsRequestContent",
    initial: {
      enabled: true,
      shields: ["admin_notification", "block"],
      allowlist: [],
      stage: {
        "pre-login": { max_attempts: 100, rate: 864_000 },
        "pre-user-registration": { max_attempts: 50, rate: 1200 },
        "pre-custom-token-exchange": { max_attempts: 10, rate: 600_000 },
      },
    },
  },
  {
    path: "/risk-assessments/settings",
    scope: "attack_protection",
    patch: "UpdateRiskAssessmentsSettingsRequestContent",
    initial: { enabled: false },
  },
  {
    path: "/risk-assessments/settings/new-device",
    scope: "attack_protection",
    patch: "UpdateRiskAssessmentsSettingsNewDeviceRequestContent",
    initial: { remember_for: 30 },
  },
  {
    path: "/supplemental-signals",
    scope: "attack_protection",
    patch: "UpdateSupplementalSignalsRequestContent",
    initial: { akamai_enabled: false },
  },
  { path: "/branding", scope: "branding", patch: "UpdateBrandingRequestContent", initial: {} },
  {
    path: "/branding/templates/universal-login",
    scope: "branding",
    put: "UpdateUniversalLoginTemplateRequestContent",
    isPutSilent: true,
    canBeDeleted: true,
    missing: { message: "Template does not exist.", errorCode: "inexistent_templates_universal_login" },
  },
  {
    path: "/emails/provider",
    scope: "email_provider",
    create: "CreateEmailProviderRequestContent",
    patch: "UpdateEmailProviderRequestContent",
    canBeDeleted: true,
    missing: { message: "There is not a configured email provider", errorCode: "inexistent_email_provider" },
    hidden: [
      "credentials.api_key",
      "credentials.accessKeyId",
      "credentials.secretAccessKey",
      "credentials.smtp_pass",
      "credentials.connectionString",
      "credentials.clientSecret",
    ],
  },
  {
    path: "/prompts",
    scope: "prompts",
    patch: "UpdateSettingsRequestContent",
    initial: { universal_login_experience: "new", identifier_first: true },
  },
  { path: "/prompts/mfa-push", scope: "prompts", patch: MFA_PUSH, initial: {} },
  {
    path: "/prompts/:prompt/custom-text/:language",
    params: PROMPT_IN_LANGUAGE,
    scope: "prompts",
    put: "SetsCustomTextsByLanguageRequestContent",
    initial: {},
  },
  {
    path: "/prompts/:prompt/partials",
    params: PROMPT,
    scope: "prompts",
    put: "SetPartialsRequestContent",
    initial: {},
  },
  {
    path: "/prompts/:prompt/screen/:screen/rendering",
    params: PROMPT,
    scope: "prompts",
    patch: "UpdateAculRequestContent",
    initial: {
      rendering_mode: "standard",
      context_configuration: [],
      default_head_tags_disabled: false,
      head_tags: [],
    },
  },
  {
    ...FACTORS,
    path: "/guardian/factors/phone/message-types",
    put: "SetGuardianFactorPhoneMessageTypesRequestContent",
    initial: { message_types: [] },
  },
  {
    ...FACTORS,
    path: "/guardian/factors/phone/selected-provider",
    put: "SetGuardianFactorsProviderPhoneRequestContent",
    initial: { provider: "auth0" },
  },
  {
    ...FACTORS,
    path: "/guardian/factors/phone/templates",
    put: "SetGuardianFactorPhoneTemplatesRequestContent",
    initial: {},
  },
  {
    ...FACTORS,
    path: "/guardian/factors/phone/providers/twilio",
    put: "SetGuardianFactorsProviderPhoneTwilioRequestContent",
    initial: {},
  },
  {
    ...FACTORS,
    path: "/guardian/factors/sms/providers/twilio",
    put: "SetGuardianFactorsProviderSmsTwilioRequestContent",
    initial: {},
  },
  {
    ...FACTORS,
    path: "/guardian/factors/sms/selected-provider",
    put: "SetGuardianFactorsProviderSmsRequestContent",
    initial: { provider: "auth0" },
  },
  {
    ...FACTORS,
    path: "/guardian/factors/sms/templates",
    put: "SetGuardianFactorSmsTemplatesRequestContent",
    initial: {},
  },
  {
    ...FACTORS,
    path: "/guardian/factors/push-notification/providers/sns",
    put: "SetGuardianFactorsProviderPushNotificationSnsRequestContent",
    patch: "UpdateGuardianFactorsProviderPushNotificationSnsRequestContent",
    initial: {},
  },
  {
    ...FACTORS,
    path: "/guardian/factors/push-notification/selected-provider",
    put: "SetGuardianFactorsProviderPushNotificationRequestContent",
    initial: { provider: "guardian" },
  },
  {
    ...FACTORS,
    path: "/guardian/factors/push-notification/providers/apns",
    put: "SetGuardianFactorsProviderPushNotificationApnsRequestContent",
    patch: "UpdateGuardianFactorsProviderPushNotificationApnsRequestContent",
    initial: {},
    shownWith: { enabled: true },
    hidden: ["p12"],
  },
  {
    ...FACTORS,
    path: "/guardian/factors/duo/settings",
    put: "SetGuardianFactorDuoSettingsRequestContent",
    patch: "UpdateGuardianFactorDuoSettingsRequestContent",
    initial: {},
  },
  {
    ...FACTORS,
    path: "/guardian/factors/webauthn-roaming/settings",
    put: describeMembers({
      userVerification: { type: "string", enum: ["discouraged", "preferred", "required"] },
      ...RELYING_PARTY,
    }),
    initial: { userVerification: "required", ...OWN_RELYING_PARTY },
    shownWith: OWN_RELYING_PARTY,
  },
  {
    ...FACTORS,
    path: "/guardian/factors/webauthn-platform/settings",
    put: describeMembers(RELYING_PARTY),
    initial: OWN_RELYING_PARTY,
    shownWith: OWN_RELYING_PARTY,
  },
  { path: "/guardian/policies", scope: "mfa_policies", put: "SetGuardianPoliciesRequestContent", initial: [] },
  {
    path: "/self-service-profiles/:id/custom-text/:language/:page",
    scope: "self_service_profile_custom_texts",
    put: "SetSelfServiceProfileCustomTextRequestContent",
    initial: {},
  },
];
