import type { JsonSchema } from "../validation.ts";

const text = (description: string, rest: JsonSchema = {}): JsonSchema => ({ type: "string", description, ...rest });
const flag = (description: string): JsonSchema => ({ type: "boolean", description });
const orNull = (schema: JsonSchema): JsonSchema => ({ ...schema, type: [schema.type, "null"] });

const METADATA: Readonly<Record<string, JsonSchema>> = {
  user_metadata: { type: "object", description: "User metadata to which this user has read/write access." },
  app_metadata: { type: "object", description: "User metadata to which this user has read-only access." },
};
const FLAGS: Readonly<Record<string, JsonSchema>> = {
  blocked: flag("Whether this user was blocked by an administrator (true) or not (false)."),
  email_verified: flag("Whether this email address is verified (true) or unverified (false)."),
  phone_verified: flag("Whether this phone number has been verified (true) or not (false)."),
  verify_email: flag("Whether this user will receive a verification email (true) or no email (false)."),
};
const PROFILE: Readonly<Record<string, JsonSchema>> = {
  email: text("Email address of this user.", { format: "email" }),
  phone_number: text("The user's phone number (following the E.164 recommendation).", { pattern: "^\\+[0-9]{1,15}$" }),
  given_name: text("Given name/first name/forename of this user.", { minLength: 1, maxLength: 150 }),
  family_name: text("Family name/last name/surname of this user.", { minLength: 1, maxLength: 150 }),
  name: text("Name of this user.", { minLength: 1, maxLength: 300 }),
  nickname: text("Preferred nickname or alias of this user.", { minLength: 1, maxLength: 300 }),
  picture: text("URL to picture, photo, or avatar of this user.", { format: "uri" }),
  username: text("The user's username. Only valid if the connection requires a username.", {
    minLength: 1,
    maxLength: 128,
  }),
  password: text("Password for this user. Only valid for auth0 connection strategy.", { minLength: 1 }),
};

export const CREATE_USER: JsonSchema = {
  type: "object",
  required: ["connection"],
  properties: {
    ...PROFILE,
    ...FLAGS,
    ...METADATA,
    user_id: text("The external user's id provided by the identity provider.", { maxLength: 255, pattern: "^\\S*$" }),
    connection: text("Name of the connection this user should be created in.", { minLength: 1 }),
  },
  additionalProperties: false,
};

export const UPDATE_USER: JsonSchema = {
  type: "object",
  properties: {
    ...Object.fromEntries(Object.entries(PROFILE).map(([name, schema]) => [name, orNull(schema)])),
    ...FLAGS,
    ...METADATA,
    verify_phone_number: flag("Whether this user will receive a text after changing the phone number."),
    connection: text("Name of the connection to target for this user update.", { minLength: 1 }),
    client_id: text("Auth0 client ID. Only valid when updating email address.", { minLength: 1 }),
  },
  additionalProperties: false,
};

export const LINK_IDENTITY: JsonSchema = {
  type: "object",
  required: ["provider", "user_id"],
  properties: {
    provider: text("Identity provider of the secondary user account being linked."),
    connection_id: text("connection_id of the secondary user account being linked.", {
      pattern: "^con_[A-Za-z0-9]{16}$",
    }),
    user_id: { type: ["string", "integer"], minLength: 1, description: "user_id of the secondary user account." },
  },
  additionalProperties: false,
};

export const ROLES: JsonSchema = {
  type: "object",
  required: ["roles"],
  properties: {
    roles: {
      type: "array",
      minItems: 1,
      uniqueItems: true,
      description: "List of roles IDs to associated with the user.",
      items: { type: "string", minLength: 1 },
    },
  },
  additionalProperties: false,
};
