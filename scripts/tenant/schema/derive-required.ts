import { isMapping } from "../shape.ts";

/** What something that Auth0 makes must have. Said of mappings alone: any other value is the types' to judge. */
export interface RequiredSchema {
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, RequiredSchema>>;
  /** Of members whatever they are called. */
  readonly values?: RequiredSchema;
  readonly items?: RequiredSchema;
  /** One of these holds. `enum` and `names` say which: the values of a member, and the names that it takes and no others. */
  readonly anyOf?: readonly RequiredSchema[];
  readonly enum?: readonly unknown[];
  readonly names?: readonly string[];
}

/** A member with more values than these says nothing of which alternative is meant. */
const MAX_VALUES = 2;

/** The body that makes an entry of each section, by its type in the SDK. Entries of other sections the Deploy CLI's schema knows better. */
const REQUESTS: Readonly<Record<string, string>> = {
  resourceServers: "CreateResourceServerRequestContent",
  clients: "CreateClientRequestContent",
  clientGrants: "CreateClientGrantRequestContent",
  roles: "CreateRoleRequestContent",
  databases: "CreateConnectionRequestContent",
  customDomains: "CreateCustomDomainRequestContent",
  networkACLs: "CreateNetworkAclRequestContent",
  userAttributeProfiles: "CreateUserAttributeProfileRequestContent",
  connectionProfiles: "CreateConnectionProfileRequestContent",
  rateLimitPolicies: "CreateRateLimitPolicyRequestContent",
  connections: "CreateConnectionRequestContent",
  emailProvider: "CreateEmailProviderRequestContent",
  phoneProviders: "CreateBrandingPhoneProviderRequestContent",
  themes: "CreateBrandingThemeRequestContent",
  selfServiceProfiles: "CreateSelfServiceProfileRequestContent",
  tokenExchangeProfiles: "CreateTokenExchangeProfileRequestContent",
  emailTemplates: "CreateEmailTemplateRequestContent",
  organizations: "CreateOrganizationRequestContent",
  logStreams: "CreateLogStreamRequestContent",
  flowVaultConnections: "CreateFlowsVaultConnectionRequestContent",
  eventStreams: "EventStreamsCreateRequest",
  flows: "CreateFlowRequestContent",
  forms: "CreateFormRequestContent",
};

/** What the Deploy CLI's handlers of 8.44, or a deploy, put into the body. */
const FILLED_IN: Readonly<Record<string, readonly string[]>> = {
  // By the name of the Action, which stands in `action`.
  tokenExchangeProfiles: ["action_id"],
  databases: ["strategy"],
  // Of the provider `custom`, which has none.
  phoneProviders: ["credentials"],
};

/** What the types say of one kind of entry, and FILLED_IN takes away from all. */
const KINDS_OF_ENTRIES: Readonly<Record<string, readonly RequiredSchema[]>> = {
  phoneProviders: [
    { properties: { name: { enum: ["custom"] } } },
    {
      required: ["credentials"],
      properties: { name: { enum: ["twilio"] }, credentials: { required: ["auth_token"] } },
    },
  ],
};

/**
 * The required members of what is made of each section's entries.
 *
 * @param bodies JSON schemas of request bodies, by their types in the auth0 package
 */
export function deriveRequired(bodies: Readonly<Record<string, unknown>>): Readonly<Record<string, RequiredSchema>> {
  return Object.fromEntries(
    Object.entries(REQUESTS).map(([section, type]) => {
      if (bodies[type] === undefined) throw new Error(`there is no schema of ${type}: make the request schemas anew`);
      const { required = [], ...rest } = toRequired(bodies[type]);
      const anyOf = KINDS_OF_ENTRIES[section];
      const asked = required.filter((name) => !FILLED_IN[section]?.includes(name));
      return [section, { ...rest, required: asked, ...(anyOf !== undefined && { anyOf }) }];
    }),
  );
}

/** @param isOneOfSeveral whether it has to be told apart from other schemas of the same value */
function toRequired(schema: unknown, isOneOfSeveral = false): RequiredSchema {
  if (!isMapping(schema)) return {};
  const { required, properties, items, additionalProperties, anyOf, enum: values } = schema;
  const members = Object.entries(isMapping(properties) ? properties : {})
    .map(([name, inner]) => [name, toRequired(inner, isOneOfSeveral)] as const)
    .filter(([, inner]) => !isEmpty(inner));
  const alternatives = Array.isArray(anyOf) ? anyOf.map((one) => toRequired(one, true)) : [];
  const [entry, value] = [items, additionalProperties].map((inner) => toRequired(inner, isOneOfSeveral));
  return {
    ...(Array.isArray(required) && { required: required.map(String) }),
    ...(members.length > 0 && { properties: Object.fromEntries(members) }),
    ...(!isEmpty(entry) && { items: entry }),
    ...(!isEmpty(value) && { values: value }),
    ...(alternatives.some(hasRequired) && { anyOf: alternatives }),
    ...(isOneOfSeveral && Array.isArray(values) && values.length <= MAX_VALUES && { enum: values }),
    ...(isOneOfSeveral &&
      additionalProperties === false && { names: Object.keys(isMapping(properties) ? properties : {}) }),
  };
}

const isEmpty = (schema: RequiredSchema | undefined): schema is undefined =>
  schema === undefined || Object.keys(schema).length === 0;

/** Whether it asks for anything, at any depth. */
function hasRequired({ required, properties = {}, values, items, anyOf = [] }: RequiredSchema): boolean {
  const inner = [...Object.values(properties), ...anyOf, values, items].filter((schema) => schema !== undefined);
  return required !== undefined || inner.some(hasRequired);
}
