import type { JsonSchema } from "../validation.ts";

const text = (description: string, rest: JsonSchema = {}): JsonSchema => ({ type: "string", description, ...rest });
const flag = (description: string): JsonSchema => ({ type: "boolean", description });
const closed = (properties: Readonly<Record<string, JsonSchema>>, required: readonly string[] = []): JsonSchema => ({
  type: "object",
  // Draft 4 has no empty list of required properties.
  ...(required.length !== 0 && { required }),
  properties,
  additionalProperties: false,
});

const NAME = text("The name of this organization.", {
  minLength: 1,
  maxLength: 50,
  pattern: "^[a-z0-9]([a-z0-9_-]*[a-z0-9])?$",
});

const ORGANIZATION: Readonly<Record<string, JsonSchema>> = {
  name: NAME,
  display_name: text("Friendly name of this organization.", { minLength: 1, maxLength: 255 }),
  branding: {
    ...closed({
      logo_url: text("URL of logo to display on login page.", { format: "uri" }),
      colors: {
        ...closed({
          primary: text("HEX Color for primary elements"),
          page_background: text("HEX Color for background"),
        }),
        description: "Color scheme used to customize the login pages.",
      },
    }),
    description: "Theme defines how to style the login pages.",
  },
  metadata: {
    type: "object",
    maxProperties: 25,
    additionalProperties: { type: ["string", "null"], maxLength: 255 },
    description: "Metadata associated with the organization.",
  },
  token_quota: { type: ["object", "null"] },
  // Tenants of 2026 take these two as well, though Auth0's published schema does not list them.
  third_party_client_access: { type: "string", enum: ["block", "allow"] },
  is_app_entitlement_active: { type: "boolean" },
};

const CONNECTION: Readonly<Record<string, JsonSchema>> = {
  assign_membership_on_login: flag("When true, all users that log in with this connection will be granted membership."),
  is_signup_enabled: flag("Determines whether organization signup should be enabled for this connection."),
  show_as_button: flag("Determines whether a connection should be displayed on this organization's login prompt."),
};
const FULL_CONNECTION: Readonly<Record<string, JsonSchema>> = {
  ...CONNECTION,
  organization_connection_name: { type: ["string", "null"], minLength: 1, maxLength: 50 },
  organization_access_level: { type: ["string", "null"], enum: ["none", "readonly", "limited", "full", null] },
  is_enabled: { type: ["boolean", "null"] },
};
const CONNECTION_ID = text("Connection identifier.", { minLength: 1, maxLength: 50 });

export const CREATE_ORGANIZATION = closed(
  {
    ...ORGANIZATION,
    enabled_connections: {
      type: "array",
      description: "Connections that will be enabled for this organization.",
      items: closed({ connection_id: CONNECTION_ID, ...CONNECTION }, ["connection_id"]),
    },
  },
  ["name"],
);
export const UPDATE_ORGANIZATION = closed(ORGANIZATION);

export const ADD_CONNECTION = closed({ connection_id: CONNECTION_ID, ...FULL_CONNECTION }, ["connection_id"]);
export const UPDATE_CONNECTION = closed(FULL_CONNECTION);
export const ADD_ENABLED_CONNECTION = closed({ connection_id: CONNECTION_ID, ...CONNECTION }, ["connection_id"]);
export const UPDATE_ENABLED_CONNECTION = closed(CONNECTION);

const idList = (description: string): JsonSchema => ({
  type: "array",
  minItems: 1,
  maxItems: 10,
  uniqueItems: true,
  description,
  items: { type: "string", minLength: 1 },
});
export const MEMBERS = closed({ members: idList("List of user IDs to add to the organization as members.") }, [
  "members",
]);
export const MEMBER_ROLES = closed({ roles: idList("List of roles IDs to associate with the user.") }, ["roles"]);

export const ADD_CLIENT_GRANT = closed({ grant_id: text("A Client Grant ID to add to the organization.") }, [
  "grant_id",
]);

const USE_FOR_MEMBER_ACCESS = flag("Whether members of the organization may use the client.");
export const ADD_CLIENTS = closed(
  {
    clients: {
      type: "array",
      minItems: 1,
      maxItems: 10,
      items: closed({ client_id: text("Client identifier."), use_for_member_access: USE_FOR_MEMBER_ACCESS }, [
        "client_id",
      ]),
    },
  },
  ["clients"],
);
export const UPDATE_CLIENT = closed({ use_for_member_access: USE_FOR_MEMBER_ACCESS });
export const REMOVE_CLIENTS = closed({ clients: idList("Clients to take from the organization.") }, ["clients"]);

const STATUS: JsonSchema = { type: "string", enum: ["pending", "verified"], description: "The verification status." };
const USE_FOR_DISCOVERY = flag("Indicates whether this domain should be used for organization discovery.");
export const ADD_DOMAIN = closed(
  {
    domain: text("The domain name to associate with the organization e.g. acme.com.", { minLength: 3, maxLength: 255 }),
    status: STATUS,
    use_for_organization_discovery: USE_FOR_DISCOVERY,
  },
  ["domain"],
);
export const UPDATE_DOMAIN = closed({ status: STATUS, use_for_organization_discovery: USE_FOR_DISCOVERY });

export const INVITE = closed(
  {
    inviter: { ...closed({ name: text("The inviter's name.", { minLength: 1, maxLength: 300 }) }, ["name"]) },
    invitee: { ...closed({ email: text("The invitee's email.", { format: "email" }) }, ["email"]) },
    client_id: text("Auth0 client ID. Used to resolve the application's login initiation endpoint.", { minLength: 1 }),
    connection_id: text("The id of the connection to force invitee to authenticate with."),
    app_metadata: { type: "object" },
    user_metadata: { type: "object" },
    ttl_sec: {
      type: "integer",
      minimum: 0,
      maximum: 2_592_000,
      description: "Number of seconds for which the invitation is valid before expiration.",
    },
    roles: idList("List of roles IDs to associated with the user."),
    send_invitation_email: flag("Whether the user will receive an invitation email (true) or no email (false)."),
  },
  ["inviter", "invitee", "client_id"],
);
