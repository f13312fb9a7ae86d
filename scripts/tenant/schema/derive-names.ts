import { isMapping } from "../shape.ts";
import type { Declarations } from "./declarations.ts";
import { describeType, type FieldSchema, mergeFields } from "./derive-fields.ts";

/** Names of fields alone: values of any type, and other names as well unless it says otherwise. */
export interface NameSchema {
  readonly additionalProperties?: false;
  readonly properties?: Readonly<Record<string, NameSchema>>;
  readonly items?: NameSchema;
}

/** The SDK's types for what the Deploy CLI's own schema names in part or not at all. */
const DECLARED: Readonly<Record<string, readonly RegExp[]>> = {
  "attackProtection.bruteForceProtection": [/^UpdateBruteForceSettingsRequestContent$/],
  "attackProtection.breachedPasswordDetection": [/^UpdateBreachedPasswordDetectionSettingsRequestContent$/],
  "attackProtection.suspiciousIpThrottling": [/^UpdateSuspiciousIpThrottlingSettingsRequestContent$/],
  branding: [/^UpdateBrandingRequestContent$/],
  // Without the options: providers have many that the SDK does not name, and that are like those of others (`scope`, `scopes`).
  connections: [/^CreateConnectionCommon$/],
  emailProvider: [/^UpdateEmailProviderRequestContent$/],
  emailTemplates: [/^SetEmailTemplateRequestContent$/],
  logStreams: [/^(Create|Update)LogStreamRequestContent$/],
  organizations: [/^UpdateOrganizationRequestContent$/],
};

/** Those of which Auth0 takes no other names: what a request, an answer and the Deploy CLI have is all that there is. */
const CLOSED: Readonly<Record<string, readonly RegExp[]>> = {
  connectionProfiles: [/^CreateConnectionProfileRequestContent$/, /^ConnectionProfile$/],
  rateLimitPolicies: [/^CreateRateLimitPolicyRequestContent$/, /^RateLimitPolicy$/],
  selfServiceProfiles: [/^CreateSelfServiceProfileRequestContent$/, /^SelfServiceProfile$/],
  tokenExchangeProfiles: [/^CreateTokenExchangeProfileRequestContent$/, /^TokenExchangeProfileResponseContent$/],
  userAttributeProfiles: [/^CreateUserAttributeProfileRequestContent$/, /^UserAttributeProfile$/],
};

/** What is known of fields in sections that the Deploy CLI writes, by the SDK and by its own schema, to find misspelt names by. */
export function deriveNames(
  declarations: Declarations,
  cliSections: Readonly<Record<string, unknown>>,
): Readonly<Record<string, NameSchema>> {
  const sections: Record<string, NameSchema> = {};
  for (const [place, patterns] of Object.entries({ ...DECLARED, ...CLOSED })) {
    const [section = "", member] = place.split(".");
    const names = [...declarations.keys()].filter((name) => patterns.some((pattern) => pattern.test(name)));
    const declared = toNames(names.map((name) => describeType(name, declarations)).reduce(mergeFields));
    const known = sections[section] ?? toNames(cliSections[section]);
    const row = member === undefined ? declared : { properties: { [member]: declared } };
    const merged = mergeNames(known, known.items === undefined ? row : { items: row });
    sections[section] = place in CLOSED ? { items: { ...merged.items, additionalProperties: false } } : merged;
  }
  return sections;
}

function toNames(schema: unknown): NameSchema {
  // What the Deploy CLI says takes any other name is not looked at.
  if (!isMapping(schema) || schema.additionalProperties === true) return {};
  const { properties, items } = schema as Pick<FieldSchema, "properties" | "items">;
  return {
    ...(isMapping(properties) && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, toNames(inner)])),
    }),
    ...(isMapping(items) && { items: toNames(items) }),
  };
}

function mergeNames(one: NameSchema, other: NameSchema): NameSchema {
  const names = [...Object.keys(one.properties ?? {}), ...Object.keys(other.properties ?? {})];
  const items =
    one.items !== undefined && other.items !== undefined
      ? mergeNames(one.items, other.items)
      : (one.items ?? other.items);
  return {
    ...(names.length > 0 && {
      properties: Object.fromEntries(
        names.sort().map((name) => [name, mergeNames(one.properties?.[name] ?? {}, other.properties?.[name] ?? {})]),
      ),
    }),
    ...(items !== undefined && { items }),
  };
}
