import type { JsonSchema } from "../validation.ts";
import type { Fields } from "./fields.ts";

/**
 * The kinds of resources that this tenant stores and answers, and does nothing else with. What a login, a job or a mail
 * follows has a file of its own instead. Statuses, envelopes and first values are those of recorded traffic where there is
 * some (the public recordings of auth0-deploy-cli), else of the types of auth0 7.1.
 */

/** Records of one kind, each under an id. */
export interface ListKind {
  readonly path: `/${string}`;
  /** The member that holds the rows in an answer with totals or checkpoints; bare arrays have none. */
  readonly envelope?: string;
  /** How the list is asked for: by page and number of rows, by checkpoint, by either, or all at once. */
  readonly paging: "page" | "checkpoint" | "both" | "none";
  /** What the ids start with, as at Auth0. */
  readonly idPrefix: string;
  /** The member that holds the id, where it is not `id`. */
  readonly idField?: string;
  /** `create:`, `read:`, `update:` and `delete:` stand before it. */
  readonly scope: string;
  readonly create: string;
  readonly update: string;
  /** PUT, where the API has it beside PATCH. */
  readonly replace?: string;
  /** Members that the API adds to a new record. */
  readonly initial?: Fields;
  /** Whether a PATCH merges below the first level. */
  readonly merge?: "deep";
  /** No two records may have the same value in these members. */
  readonly unique?: readonly string[];
  /** Of a POST; 201 if it is not given. */
  readonly createdStatus?: 200 | 201;
  /** Members that answers leave out: secrets, `.` between levels. */
  readonly hidden?: readonly string[];
  /** Members that a list leaves out, and the record by its id has. */
  readonly detail?: readonly string[];
  /** Query parameters by which a list is filtered: members of the record. */
  readonly filters?: Readonly<Record<string, JsonSchema>>;
  /** Whether a list takes `q`, a query in Lucene's syntax. */
  readonly isSearched?: true;
  /** Query parameters of a record by its id that are taken and change nothing here. */
  readonly detailQuery?: Readonly<Record<string, JsonSchema>>;
  /** Whether the body of a POST says the id. */
  readonly idFromBody?: true;
  readonly isListed?: false;
  readonly canBeDeleted?: false;
  readonly hasNoDates?: true;
  /** The scope that a POST asks for, where it is another. */
  readonly createScope?: string;
  readonly missing?: Missing;
}

/** What a 404 says. */
interface Missing {
  readonly message: string;
  readonly errorCode?: string;
}

/** One record at a path. A path with parameters has one for every combination of theirs. */
export interface SettingKind {
  readonly path: `/${string}`;
  readonly scope: string;
  readonly patch?: string;
  readonly put?: string;
  /** POST, where the record must be created first. */
  readonly create?: string;
  readonly canBeDeleted?: true;
  /** What is answered before anything was written. */
  readonly initial?: unknown;
  /** The 404 before anything was written. */
  readonly missing?: Missing;
  /** Whether a PATCH merges below the first level. */
  readonly merge?: "deep";
  readonly hidden?: readonly string[];
}

/** Recorded, also for `/branding/themes/default`. */
export const THEME_MISSING: Missing = {
  message: "There was an error retrieving branding settings: invalid theme ID",
  errorCode: "theme_not_found",
};

const list = (kind: Omit<ListKind, "paging"> & Partial<Pick<ListKind, "paging">>): ListKind => ({
  paging: "page",
  ...kind,
});

export const LIST_KINDS: readonly ListKind[] = [
  list({
    path: "/rules",
    envelope: "rules",
    idPrefix: "rul_",
    scope: "rules",
    create: "CreateRuleRequestContent",
    update: "UpdateRuleRequestContent",
    initial: { enabled: true, order: 1, stage: "login_success" },
    unique: ["name"],
    createdStatus: 200,
    hasNoDates: true,
  }),
  list({
    path: "/hooks",
    envelope: "hooks",
    idPrefix: "",
    scope: "hooks",
    create: "CreateHookRequestContent",
    update: "UpdateHookRequestContent",
    initial: { enabled: false },
    unique: ["name"],
    createdStatus: 200,
    hasNoDates: true,
    hidden: ["secrets"],
  }),
  list({
    path: "/network-acls",
    envelope: "network_acls",
    idPrefix: "acl_",
    scope: "network_acls",
    create: "CreateNetworkAclRequestContent",
    update: "UpdateNetworkAclRequestContent",
    replace: "SetNetworkAclRequestContent",
    unique: ["priority"],
  }),
  list({
    path: "/user-attribute-profiles",
    envelope: "user_attribute_profiles",
    paging: "checkpoint",
    idPrefix: "uap_",
    scope: "user_attribute_profiles",
    create: "CreateUserAttributeProfileRequestContent",
    update: "UpdateUserAttributeProfileRequestContent",
    hasNoDates: true,
  }),
  list({
    path: "/connection-profiles",
    envelope: "connection_profiles",
    paging: "checkpoint",
    idPrefix: "cop_",
    scope: "connection_profiles",
    create: "CreateConnectionProfileRequestContent",
    update: "UpdateConnectionProfileRequestContent",
    hasNoDates: true,
  }),
  list({
    path: "/rate-limit-policies",
    envelope: "rate_limit_policies",
    paging: "checkpoint",
    idPrefix: "rlp_",
    scope: "rate_limit_policies",
    create: "CreateRateLimitPolicyRequestContent",
    update: "PatchRateLimitPolicyRequestContent",
    unique: ["consumer_selector"],
    filters: { resource: { type: "string" } },
  }),
  list({
    path: "/custom-domains",
    envelope: "custom_domains",
    paging: "both",
    isSearched: true,
    idPrefix: "cd_",
    idField: "custom_domain_id",
    scope: "custom_domains",
    create: "CreateCustomDomainRequestContent",
    update: "UpdateCustomDomainRequestContent",
    // Nobody can point a name of theirs here, so it stays unverified.
    initial: { primary: false, is_default: false, status: "pending_verification" },
    hasNoDates: true,
    unique: ["domain"],
  }),
  list({
    path: "/self-service-profiles",
    envelope: "self_service_profiles",
    idPrefix: "ssp_",
    scope: "self_service_profiles",
    create: "CreateSelfServiceProfileRequestContent",
    update: "UpdateSelfServiceProfileRequestContent",
  }),
  list({
    path: "/token-exchange-profiles",
    envelope: "token_exchange_profiles",
    paging: "checkpoint",
    idPrefix: "tep_",
    scope: "token_exchange_profiles",
    create: "CreateTokenExchangeProfileRequestContent",
    update: "UpdateTokenExchangeProfileRequestContent",
    unique: ["subject_token_type"],
  }),
  list({
    path: "/log-streams",
    paging: "none",
    idPrefix: "lst_",
    scope: "log_streams",
    create: "CreateLogStreamRequestContent",
    update: "UpdateLogStreamRequestContent",
    initial: { status: "active", isPriority: false },
    hasNoDates: true,
    createdStatus: 200,
  }),
  list({
    path: "/flows/vault/connections",
    envelope: "connections",
    idPrefix: "ac_",
    scope: "flows_vault_connections",
    create: "CreateFlowsVaultConnectionRequestContent",
    update: "UpdateFlowsVaultConnectionRequestContent",
    initial: { ready: true },
    hidden: ["setup"],
  }),
  list({
    path: "/flows",
    envelope: "flows",
    idPrefix: "af_",
    scope: "flows",
    create: "CreateFlowRequestContent",
    update: "UpdateFlowRequestContent",
    detail: ["actions"],
  }),
  list({
    path: "/forms",
    envelope: "forms",
    idPrefix: "ap_",
    scope: "forms",
    create: "CreateFormRequestContent",
    update: "UpdateFormRequestContent",
    detail: ["messages", "languages", "translations", "nodes", "start", "ending", "style"],
  }),
  list({
    path: "/event-streams",
    envelope: "eventStreams",
    paging: "checkpoint",
    idPrefix: "est_",
    scope: "event_streams",
    create: "EventStreamsCreateRequest",
    update: "UpdateEventStreamRequestContent",
    initial: { status: "enabled" },
    hidden: [
      "destination.configuration.webhook_authorization.password",
      "destination.configuration.webhook_authorization.token",
      "destination.configuration.webhook_authorization.header_value",
    ],
  }),
  list({
    path: "/branding/phone/providers",
    envelope: "providers",
    paging: "none",
    idPrefix: "pro_",
    scope: "phone_providers",
    create: "CreateBrandingPhoneProviderRequestContent",
    update: "UpdateBrandingPhoneProviderRequestContent",
    initial: { channel: "phone", disabled: false },
    unique: ["channel"],
    hidden: ["credentials"],
  }),
  list({
    path: "/branding/phone/templates",
    envelope: "templates",
    paging: "none",
    idPrefix: "tem_",
    scope: "phone_templates",
    create: "CreatePhoneTemplateRequestContent",
    update: "UpdatePhoneTemplateRequestContent",
    initial: { channel: "phone" },
    merge: "deep",
    unique: ["type"],
  }),
  list({
    path: "/branding/themes",
    paging: "none",
    idPrefix: "",
    idField: "themeId",
    // Auth0's list of scopes has no create:branding; a theme is made with the scope that changes one.
    scope: "branding",
    create: "CreateBrandingThemeRequestContent",
    update: "UpdateBrandingThemeRequestContent",
    createdStatus: 200,
    isListed: false,
    hasNoDates: true,
    createScope: "update:branding",
    missing: THEME_MISSING,
  }),
  list({
    path: "/email-templates",
    paging: "none",
    idPrefix: "",
    idField: "template",
    scope: "email_templates",
    create: "CreateEmailTemplateRequestContent",
    update: "UpdateEmailTemplateRequestContent",
    replace: "SetEmailTemplateRequestContent",
    createdStatus: 200,
    idFromBody: true,
    isListed: false,
    canBeDeleted: false,
    hasNoDates: true,
    missing: { message: "The template does not exist.", errorCode: "inexistent_email_template" },
  }),
];

const ATTACK_PROTECTION = { scope: "attack_protection", merge: "deep" } as const;
const FACTORS = { scope: "guardian_factors" } as const;

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
    canBeDeleted: true,
    missing: { message: "The template does not exist.", errorCode: "inexistent_template" },
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
  {
    path: "/prompts/:prompt/custom-text/:language",
    scope: "prompts",
    put: "SetsCustomTextsByLanguageRequestContent",
    initial: {},
  },
  { path: "/prompts/:prompt/partials", scope: "prompts", put: "SetPartialsRequestContent", initial: {} },
  {
    path: "/prompts/:prompt/screen/:screen/rendering",
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
  { path: "/guardian/policies", scope: "mfa_policies", put: "SetGuardianPoliciesRequestContent", initial: [] },
  {
    path: "/self-service-profiles/:id/custom-text/:language/:page",
    scope: "self_service_profile_custom_texts",
    put: "SetSelfServiceProfileCustomTextRequestContent",
    initial: {},
  },
  {
    path: "/connections/:id/scim-configuration",
    scope: "scim_config",
    create: "CreateScimConfigurationRequestContent",
    patch: "UpdateScimConfigurationRequestContent",
    canBeDeleted: true,
    missing: { message: "Not Found" },
  },
  {
    path: "/connections/:id/directory-provisioning",
    scope: "directory_provisionings",
    create: "CreateDirectoryProvisioningRequestContent",
    patch: "UpdateDirectoryProvisioningRequestContent",
    canBeDeleted: true,
    missing: { message: "Not Found" },
  },
];

/** The list kind at a path. */
export function getListKind(path: string): ListKind {
  const kind = LIST_KINDS.find((candidate) => candidate.path === path);
  if (kind === undefined) throw new Error(`there is no kind of record at ${path}`);
  return kind;
}
