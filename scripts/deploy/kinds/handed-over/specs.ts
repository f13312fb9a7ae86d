import type { Management, ManagementClient } from "auth0";
import type { SectionFacts } from "../../../tenant/schema/section-facts.ts";
import type { FixedMembers } from "../check-fixed.ts";
import type { KindScopes } from "../kind.ts";
import type { Fields } from "../live-record.ts";
import {
  becomes,
  closes,
  gainsLike,
  grows,
  isEmptied,
  isSwitchedOff,
  isSwitchedOn,
  loses,
  type Protection,
  weakens,
} from "../protections.ts";
import { scopesOf } from "../scopes.ts";
import type { MemberList } from "./members.ts";

/**
 * What has to be known of a kind that the Deploy CLI reads and writes for us. Its handlers know the paths, the order and which
 * names stand for ids; we compare, and hand over what differs.
 */
export interface HandedOverSpec extends Omit<SectionFacts, "isOneObject" | "declared"> {
  /** As plans call it. */
  readonly type: string;
  /** Whether Auth0 takes names that differ in the case of letters for one. */
  readonly foldsCase?: true;
  /** Another kind among whose names none of these may be: both are the same thing to Auth0. */
  readonly sharesNamesWith?: "database";
  readonly scopes: KindScopes;
  /**
   * Members that Auth0 takes and does not return, or returns in other words: `.` between levels, `*` for every entry or value.
   * Sources: the types of auth0 7.1, and what the Deploy CLI masks in an export.
   */
  readonly writeOnly?: readonly string[];
  /** The member that keeps the digests of what is write-only. Most kinds have none. */
  readonly digestField?: "metadata";
  readonly fixed?: FixedMembers;
  readonly protections?: readonly Protection[];
  /** Every tenant has all of them, and nobody makes or deletes one. */
  readonly isFixed?: true;
  /** Members that Auth0 counts up or dates itself. */
  readonly moving?: readonly string[];
  /** Members that say what the Deploy CLI is to do (publish), when they are true; false asks for nothing. */
  readonly doneWhenTrue?: readonly string[];
  /** Auth0 replaces what holds their secrets whole, and forgets one that is not sent again. An export shows which there are. */
  readonly forgetsSecrets?: true;
  /** Lists whose members are records of their own. */
  readonly memberLists?: readonly MemberList[];
  /** Members that the Deploy CLI empties when an entry does not have them. */
  readonly sentAlways?: readonly string[];
  /** Where the Deploy CLI cannot be trusted to create one. */
  readonly post?: (management: ManagementClient, entry: Fields) => Promise<unknown>;
  /** Members that name an entry of another section: the Deploy CLI would send an unknown name as it is, or drop it. */
  readonly refersTo?: readonly Reference[];
}

interface Reference {
  /** Of the names, `.` between levels and `*` for every entry; `**.flow_id` at any depth. */
  readonly at: string;
  /** Types of the kinds that may have them. */
  readonly types: readonly string[];
}

/** Kinds that are only read and changed. */
function settingScopes(...resources: readonly string[]): KindScopes {
  return {
    read: resources.map((resource) => `read:${resource}`),
    write: resources.map((resource) => `update:${resource}`),
    delete: [],
  };
}

/** Scopes of several resources, the first for deleting. */
function joined(first: KindScopes, ...others: readonly KindScopes[]): KindScopes {
  const all = [first, ...others];
  return {
    read: all.flatMap(({ read }) => read),
    write: all.flatMap(({ write }) => write),
    delete: first.delete,
  };
}

const reads = (...scopes: readonly string[]): KindScopes => ({ read: scopes, write: [], delete: [] });

/** In the order in which the Deploy CLI writes them; scopes and members by its handlers and by auth0 7.1. */
const SPECS = [
  {
    type: "page",
    section: "pages",
    named: {
      "": { isClosed: true },
    },

    identity: ["name"],
    scopes: settingScopes("clients", "tenant_settings"),
  },
  {
    type: "guardian-factor",
    section: "guardianFactors",
    named: {
      "": { flags: ["enabled", "trial_expired"], isClosed: true },
    },

    identity: ["name"],
    protections: [
      closes(/^enabled$/, isSwitchedOff, "whoever has no other second factor cannot log in where one is asked for."),
    ],
    isFixed: true,
    scopes: settingScopes("guardian_factors"),
  },
  {
    type: "guardian-factor-template",
    section: "guardianFactorTemplates",
    named: {
      "": { types: [/^SetGuardianFactorSmsTemplatesRequestContent$/], isClosed: true },
    },

    identity: ["name"],
    scopes: settingScopes("guardian_factors"),
  },
  {
    type: "guardian-policies",
    section: "guardianPolicies",
    protections: [
      weakens(/^policies$/, isEmptied, "nobody is asked for a second factor any more, but by Actions."),
      weakens(
        /^policies$/,
        (before, after) => loses("all-applications")(before, after) && !isEmptied(before, after),
        "not every login is asked for a second factor any more.",
      ),
    ],
    scopes: settingScopes("mfa_policies"),
  },
  {
    type: "guardian-phone-provider",
    section: "guardianPhoneFactorSelectedProvider",
    scopes: settingScopes("guardian_factors"),
  },
  {
    type: "guardian-phone-message-types",
    section: "guardianPhoneFactorMessageTypes",
    scopes: settingScopes("guardian_factors"),
  },
  {
    type: "action-module",
    section: "actionModules",
    named: {
      "": { types: [/^(Create|Get)ActionModule(Request|Response)Content$/], isClosed: true },
    },

    identity: ["name"],
    memberIdentities: { secrets: ["name"], dependencies: ["name"] },
    scopes: scopesOf("actions"),
    writeOnly: ["secrets.*.value"],
    moving: ["latest_version_number", "actions_using_module_total"],
    doneWhenTrue: ["all_changes_published"],
  },
  {
    type: "attack-protection",
    section: "attackProtection",
    named: {
      bruteForceProtection: {
        types: [/^(Update|Get)BruteForceSettings(Request|Response)Content$/],
        isClosed: true,
      },
      breachedPasswordDetection: {
        types: [/^(Update|Get)BreachedPasswordDetectionSettings(Request|Response)Content$/],
        isClosed: true,
      },
      suspiciousIpThrottling: {
        types: [/^(Update|Get)SuspiciousIpThrottlingSettings(Request|Response)Content$/],
        isClosed: true,
      },
    },

    protections: [
      weakens(/\.enabled$/, isSwitchedOff, "attacks of this sort are not stopped any more."),
      weakens(/(^|\.)shields$/, loses("block"), "attacks of this sort are not stopped any more."),
      weakens(/\.max_attempts$/, grows, "more can be tried before it is stopped."),
      weakens(/\.allowlist$/, gainsLike(/./), "nothing that comes from there is stopped."),
      weakens(/\.challenge_\w+_policy$/, becomes("never"), "robots pass as people do."),
      weakens(/\.monitoring_mode_enabled$/, isSwitchedOn, "robots are written down, and pass."),
    ],
    scopes: settingScopes("attack_protection"),
    writeOnly: [
      "captcha.arkose.secret",
      "captcha.hcaptcha.secret",
      "captcha.friendly_captcha.secret",
      "captcha.recaptcha_v2.secret",
      "captcha.recaptcha_enterprise.api_key",
      "captcha.recaptcha_enterprise.project_id",
    ],
  },
  {
    type: "risk-assessment",
    section: "riskAssessment",
    named: {
      "": { isClosed: true },
      settings: { isClosed: true },
      new_device: { isClosed: true },
    },
    scopes: settingScopes("attack_protection"),
  },
  {
    type: "custom-domain",
    section: "customDomains",
    created: { type: "CreateCustomDomainRequestContent" },
    identity: ["domain"],
    fixed: ["type", "verification_method"],
    foldsCase: true,
    scopes: scopesOf("custom_domains"),
    moving: ["status", "verification", "certificate", "origin_domain_name", "primary"],
  },
  {
    type: "network-acl",
    section: "networkACLs",
    created: { type: "CreateNetworkAclRequestContent" },
    identity: ["priority"],
    protections: [
      closes(/^active$/, isSwitchedOn, "it is applied to every request, and may block people who log in today."),
      weakens(/^active$/, isSwitchedOff, "requests that it stops today pass."),
    ],
    scopes: scopesOf("network_acls"),
    // The Deploy CLI would write a new one over any that is as active as it.
    post: ({ networkAcls }, entry) => networkAcls.create(entry as unknown as Management.CreateNetworkAclRequestContent),
  },
  {
    type: "user-attribute-profile",
    section: "userAttributeProfiles",
    created: { type: "CreateUserAttributeProfileRequestContent" },
    named: {
      "": {
        types: [/^CreateUserAttributeProfileRequestContent$/, /^UserAttributeProfile$/],
        isClosed: true,
      },
    },

    identity: ["name"],
    scopes: scopesOf("user_attribute_profiles"),
  },
  {
    type: "connection-profile",
    section: "connectionProfiles",
    created: { type: "CreateConnectionProfileRequestContent" },
    named: {
      "": {
        types: [/^CreateConnectionProfileRequestContent$/, /^ConnectionProfile$/],
        isClosed: true,
      },
    },

    identity: ["name"],
    scopes: scopesOf("connection_profiles"),
  },
  {
    type: "rate-limit-policy",
    section: "rateLimitPolicies",
    created: { type: "CreateRateLimitPolicyRequestContent" },
    named: {
      "": { types: [/^CreateRateLimitPolicyRequestContent$/, /^RateLimitPolicy$/], isClosed: true },
    },

    identity: ["consumer_selector"],
    fixed: ["resource", "consumer"],
    scopes: scopesOf("rate_limit_policies"),
  },
  {
    type: "connection",
    section: "connections",
    created: { type: "CreateConnectionRequestContent" },
    named: {
      // Without the options: providers have many that the SDK does not name, and that are like those of others (`scope`, `scopes`).
      "": { types: [/^CreateConnectionCommon$/], typed: { strategy: "ConnectionIdentityProviderEnum" } },
    },

    identity: ["name"],
    protections: [
      closes(/^enabled_clients$/, isEmptied, "nobody can log in with it."),
      weakens(/^is_domain_connection$/, isSwitchedOn, "clients of others can use it."),
    ],
    fixed: ["strategy"],
    sharesNamesWith: "database",
    scopes: joined(
      scopesOf("connections"),
      settingScopes("connections_options"),
      scopesOf("scim_config"),
      scopesOf("directory_provisionings"),
      reads("read:clients"),
    ),
    forgetsSecrets: true,
    digestField: "metadata",
    writeOnly: [
      "options.client_secret",
      "options.app_secret",
      "options.twilio_token",
      "options.gateway_authentication.secret",
      "options.admin_access_token",
      "options.admin_refresh_token",
      "options.signing_key.key",
      "options.decryptionKey",
      "options.configuration.*",
    ],
    refersTo: [
      { at: "enabled_clients.*", types: ["client"] },
      { at: "options.idpinitiated.client_id", types: ["client"] },
    ],
  },
  {
    type: "email-provider",
    section: "emailProvider",
    created: { type: "CreateEmailProviderRequestContent" },
    named: {
      "": { types: [/^UpdateEmailProviderRequestContent$/], isClosed: true },
      credentials: {
        types: [/^EmailProviderCredentials$/],
        texts: [
          "accessKeyId",
          "api_key",
          "clientId",
          "clientSecret",
          "connectionString",
          "domain",
          "region",
          "secretAccessKey",
          "smtp_host",
          "smtp_pass",
          "smtp_user",
          "tenantId",
        ],
      },
    },

    protections: [
      closes(/^enabled$/, isSwitchedOff, "no mail is sent by it: to verify an address, or to set a new password."),
    ],
    scopes: scopesOf("email_provider"),
    writeOnly: [
      "credentials.api_key",
      "credentials.accessKeyId",
      "credentials.secretAccessKey",
      "credentials.smtp_user",
      "credentials.smtp_pass",
      "credentials.connectionString",
      "credentials.clientSecret",
    ],
  },
  {
    type: "phone-provider",
    section: "phoneProviders",
    created: {
      type: "CreateBrandingPhoneProviderRequestContent",
      // Of the provider `custom`, which has none.
      filledIn: ["credentials"],
      anyOf: [
        { properties: { name: { enum: ["custom"] } } },
        {
          required: ["credentials"],
          properties: { name: { enum: ["twilio"] }, credentials: { required: ["auth_token"] } },
        },
      ],
    },
    identity: [],
    scopes: scopesOf("phone_providers"),
    writeOnly: ["credentials.auth_token"],
  },
  {
    type: "theme",
    section: "themes",
    created: { type: "CreateBrandingThemeRequestContent" },
    identity: [],
    scopes: { ...settingScopes("branding"), delete: ["delete:branding"] },
  },
  {
    type: "self-service-profile",
    section: "selfServiceProfiles",
    created: { type: "CreateSelfServiceProfileRequestContent" },
    named: {
      "": {
        types: [/^CreateSelfServiceProfileRequestContent$/, /^SelfServiceProfile$/],
        isClosed: true,
      },
    },

    identity: ["name"],
    scopes: joined(
      scopesOf("self_service_profiles"),
      settingScopes("self_service_profile_custom_texts"),
      reads("read:user_attribute_profiles"),
    ),
    refersTo: [{ at: "user_attribute_profile_id", types: ["user-attribute-profile"] }],
  },
  {
    type: "phone-template",
    section: "phoneTemplates",
    named: {
      "": { types: [/^(Create|Get)PhoneTemplate(Request|Response)Content$/], isClosed: true },
    },

    identity: ["type"],
    fixed: ["content.syntax"],
    scopes: scopesOf("phone_templates"),
  },
  {
    type: "token-exchange-profile",
    section: "tokenExchangeProfiles",
    created: {
      type: "CreateTokenExchangeProfileRequestContent",
      // By the name of the Action, which stands in `action`.
      filledIn: ["action_id"],
    },
    named: {
      "": {
        types: [/^CreateTokenExchangeProfileRequestContent$/, /^TokenExchangeProfileResponseContent$/],
        isClosed: true,
      },
    },

    identity: ["subject_token_type"],
    fixed: ["action", "type"],
    scopes: joined(scopesOf("token_exchange_profiles"), reads("read:actions")),
    refersTo: [{ at: "action", types: ["action"] }],
  },
  {
    type: "email-template",
    section: "emailTemplates",
    created: { type: "CreateEmailTemplateRequestContent" },
    named: {
      "": { types: [/^SetEmailTemplate(Request|Response)Content$/], isClosed: true },
    },

    identity: ["template"],
    scopes: {
      read: ["read:email_templates"],
      write: ["create:email_templates", "update:email_templates"],
      delete: [],
    },
  },
  {
    type: "branding",
    section: "branding",
    named: {
      "": { types: [/^UpdateBrandingRequestContent$/] },
      "templates[]": { texts: ["template", "body"], isClosed: true },
    },

    scopes: joined(settingScopes("branding", "prompts"), reads("read:custom_domains")),
  },
  {
    type: "organization",
    section: "organizations",
    created: { type: "CreateOrganizationRequestContent" },
    named: {
      "": { types: [/^UpdateOrganizationRequestContent$/] },
      "connections[]": { texts: ["name"], isClosed: true },
    },

    identity: ["name"],
    foldsCase: true,
    protections: [
      weakens(/\.assign_membership_on_login$/, isSwitchedOn, "whoever logs in with it becomes a member."),
      weakens(/\.is_signup_enabled$/, isSwitchedOn, "anybody can sign up who reaches its login page."),
    ],
    sentAlways: ["connections", "client_grants"],
    memberLists: [
      { at: "connections", key: "name", label: "connection", deletion: "delete:organization_connections" },
      { at: "client_grants", key: "client_id", label: "client-grant", deletion: "delete:organization_client_grants" },
      {
        at: "discovery_domains",
        key: "domain",
        label: "discovery-domain",
        deletion: "delete:organization_discovery_domains",
      },
      { at: "clients", key: "client_id", label: "client", deletion: "delete:organization_clients" },
    ],
    scopes: joined(
      scopesOf("organizations"),
      scopesOf("organization_connections"),
      { read: ["read:organization_client_grants"], write: ["create:organization_client_grants"], delete: [] },
      scopesOf("organization_discovery_domains"),
      scopesOf("organization_clients"),
      reads("read:clients", "read:connections", "read:client_grants"),
    ),
    refersTo: [
      { at: "connections.*.name", types: ["connection", "database"] },
      { at: "client_grants.*.client_id", types: ["client"] },
      { at: "clients.*.client_id", types: ["client"] },
    ],
  },
  {
    type: "log-stream",
    section: "logStreams",
    created: { type: "CreateLogStreamRequestContent" },
    named: {
      "": {
        types: [/^(Create|Update)LogStreamRequestContent$/, /^LogStream\w+ResponseSchema$/],
        isClosed: true,
      },
    },

    identity: ["name"],
    fixed: ["type"],
    scopes: scopesOf("log_streams"),
    forgetsSecrets: true,
    writeOnly: [
      "sink.httpAuthorization",
      "sink.httpCustomHeaders.*.value",
      "sink.splunkToken",
      "sink.datadogApiKey",
      "sink.mixpanelServiceAccountPassword",
      "sink.segmentWriteKey",
      "sink.sumoSourceAddress",
    ],
  },
  {
    type: "flow-vault-connection",
    section: "flowVaultConnections",
    created: { type: "CreateFlowsVaultConnectionRequestContent" },
    identity: ["name"],
    fixed: ["app_id", "environment"],
    scopes: scopesOf("flows_vault_connections"),
    writeOnly: ["setup"],
    moving: ["ready", "fingerprint", "account_name"],
  },
  {
    type: "event-stream",
    section: "eventStreams",
    created: { type: "EventStreamsCreateRequest" },
    named: {
      "": {
        types: [/^CreateEventStream(WebHook|EventBridge|Action)RequestContent$/, /^EventStream\w+ResponseContent$/],
      },
      "subscriptions[]": { typed: { event_type: "EventStreamEventTypeEnum" } },
      "destination.configuration.webhook_authorization": { texts: ["header_value", "password", "token"] },
    },

    identity: ["name"],
    fixed: ["destination.type"],
    scopes: joined(scopesOf("event_streams"), reads("read:actions")),
    forgetsSecrets: true,
    writeOnly: [
      "destination.configuration.webhook_authorization.password",
      "destination.configuration.webhook_authorization.token",
      "destination.configuration.webhook_authorization.header_value",
    ],
    refersTo: [{ at: "destination.configuration.action_id", types: ["action"] }],
  },
  {
    type: "prompts",
    section: "prompts",
    named: {
      "": { types: [/^UpdateSettingsRequestContent$/], isShallow: true, isClosed: true },
    },

    scopes: joined(settingScopes("prompts"), reads("read:tenant_settings")),
  },
  {
    type: "forms-flow",
    section: "flows",
    created: { type: "CreateFlowRequestContent" },
    named: {
      // The rest of them is in a file of its own.
      "": { texts: ["id"], isClosed: true, required: ["body"] },
    },

    identity: ["name"],
    scopes: joined(scopesOf("flows"), reads("read:flows_vault_connections")),
    refersTo: [{ at: "**.connection_id", types: ["flow-vault-connection"] }],
  },
  {
    type: "form",
    section: "forms",
    created: { type: "CreateFormRequestContent" },
    named: {
      "": { texts: ["id"], isClosed: true, required: ["body"] },
    },

    identity: ["name"],
    scopes: joined(scopesOf("forms"), reads("read:flows")),
    refersTo: [{ at: "**.flow_id", types: ["forms-flow"] }],
  },
  {
    type: "supplemental-signals",
    section: "supplementalSignals",
    named: {
      "": { isClosed: true },
    },
    scopes: settingScopes("attack_protection"),
  },
] as const satisfies readonly HandedOverSpec[];

export type HandedOverType = (typeof SPECS)[number]["type"];

export const HANDED_OVER: readonly (HandedOverSpec & { readonly type: HandedOverType })[] = SPECS;

export function findSpec(type: string): HandedOverSpec | undefined {
  return HANDED_OVER.find((spec) => spec.type === type);
}

/** Sections that have to be read for this document: those that it has, and those whose names it may use. */
export function listNeededSections(document: Readonly<Record<string, unknown>>): readonly string[] {
  const own = HANDED_OVER.filter(({ section }) => Object.hasOwn(document, section));
  const used = own.flatMap(({ refersTo = [] }) => refersTo).flatMap(({ types }) => types);
  return HANDED_OVER.filter((spec) => own.includes(spec) || used.includes(spec.type)).map(({ section }) => section);
}
