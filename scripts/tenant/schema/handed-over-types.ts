/** What is known of a section, or of a part of one. */
export interface Row {
  /** The SDK's types. */
  readonly types?: readonly RegExp[];
  /** What neither they nor the Deploy CLI's schema name. */
  readonly texts?: readonly string[];
  readonly flags?: readonly string[];
  /** Names whose type is one of the SDK's. */
  readonly typed?: Readonly<Record<string, string>>;
  /** Of the Deploy CLI's schema the first level alone: what is deeper it closes itself. */
  readonly isShallow?: true;
  /** Auth0 takes no other names: what a request, an answer and the Deploy CLI have is all that there is. */
  readonly isClosed?: true;
  /** What the Deploy CLI cannot read an entry without, though its schema does not say so. */
  readonly required?: readonly string[];
}

/** Sections that the Deploy CLI's own schema names in part or not at all; `[]` leads to the entries of a list. */
export const ROWS: Readonly<Record<string, Row>> = {
  actionModules: { types: [/^(Create|Get)ActionModule(Request|Response)Content$/], isClosed: true },
  "attackProtection.bruteForceProtection": {
    types: [/^(Update|Get)BruteForceSettings(Request|Response)Content$/],
    isClosed: true,
  },
  "attackProtection.breachedPasswordDetection": {
    types: [/^(Update|Get)BreachedPasswordDetectionSettings(Request|Response)Content$/],
    isClosed: true,
  },
  "attackProtection.suspiciousIpThrottling": {
    types: [/^(Update|Get)SuspiciousIpThrottlingSettings(Request|Response)Content$/],
    isClosed: true,
  },
  branding: { types: [/^UpdateBrandingRequestContent$/] },
  "branding.templates[]": { texts: ["template", "body"], isClosed: true },
  connectionProfiles: {
    types: [/^CreateConnectionProfileRequestContent$/, /^ConnectionProfile$/],
    isClosed: true,
  },
  // Without the options: providers have many that the SDK does not name, and that are like those of others (`scope`, `scopes`).
  connections: { types: [/^CreateConnectionCommon$/], typed: { strategy: "ConnectionIdentityProviderEnum" } },
  emailProvider: { types: [/^UpdateEmailProviderRequestContent$/], isClosed: true },
  "emailProvider.credentials": {
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
  emailTemplates: { types: [/^SetEmailTemplate(Request|Response)Content$/], isClosed: true },
  eventStreams: {
    types: [/^CreateEventStream(WebHook|EventBridge|Action)RequestContent$/, /^EventStream\w+ResponseContent$/],
  },
  "eventStreams[].subscriptions[]": { typed: { event_type: "EventStreamEventTypeEnum" } },
  "eventStreams[].destination.configuration.webhook_authorization": { texts: ["header_value", "password", "token"] },
  // The rest of them is in a file of its own.
  flows: { texts: ["id"], isClosed: true, required: ["body"] },
  forms: { texts: ["id"], isClosed: true, required: ["body"] },
  guardianFactors: { flags: ["enabled", "trial_expired"], isClosed: true },
  guardianFactorTemplates: { types: [/^SetGuardianFactorSmsTemplatesRequestContent$/], isClosed: true },
  logStreams: {
    types: [/^(Create|Update)LogStreamRequestContent$/, /^LogStream\w+ResponseSchema$/],
    isClosed: true,
  },
  organizations: { types: [/^UpdateOrganizationRequestContent$/] },
  "organizations[].connections[]": { texts: ["name"], isClosed: true },
  pages: { isClosed: true },
  phoneTemplates: { types: [/^(Create|Get)PhoneTemplate(Request|Response)Content$/], isClosed: true },
  prompts: { types: [/^UpdateSettingsRequestContent$/], isShallow: true, isClosed: true },
  riskAssessment: { isClosed: true },
  "riskAssessment.settings": { isClosed: true },
  "riskAssessment.new_device": { isClosed: true },
  rateLimitPolicies: { types: [/^CreateRateLimitPolicyRequestContent$/, /^RateLimitPolicy$/], isClosed: true },
  selfServiceProfiles: {
    types: [/^CreateSelfServiceProfileRequestContent$/, /^SelfServiceProfile$/],
    isClosed: true,
  },
  supplementalSignals: { isClosed: true },
  tokenExchangeProfiles: {
    types: [/^CreateTokenExchangeProfileRequestContent$/, /^TokenExchangeProfileResponseContent$/],
    isClosed: true,
  },
  userAttributeProfiles: {
    types: [/^CreateUserAttributeProfileRequestContent$/, /^UserAttributeProfile$/],
    isClosed: true,
  },
};
