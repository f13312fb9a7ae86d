import type { JsonSchema } from "../validation.ts";

const ROLE_PROPERTIES: Readonly<Record<string, JsonSchema>> = {
  name: { type: "string", minLength: 1, description: "Name of the role." },
  description: { type: "string", description: "Description of the role." },
};

export const CREATE_ROLE: JsonSchema = {
  type: "object",
  required: ["name"],
  // Tenants of 2026 take these two as well, though Auth0's published schema does not list them.
  properties: { ...ROLE_PROPERTIES, type: { type: "string", enum: ["tenant"] }, owner_id: { type: "string" } },
  additionalProperties: false,
};

export const UPDATE_ROLE: JsonSchema = {
  type: "object",
  properties: ROLE_PROPERTIES,
  additionalProperties: false,
};

/** The body that assigns permissions to a role or a user, or takes them away. */
export const PERMISSIONS: JsonSchema = {
  type: "object",
  required: ["permissions"],
  properties: {
    permissions: {
      type: "array",
      minItems: 1,
      description: "Array of resource_server_identifier, permission_name pairs.",
      items: {
        type: "object",
        required: ["resource_server_identifier", "permission_name"],
        properties: {
          resource_server_identifier: { type: "string", description: "Resource server (API) identifier." },
          permission_name: { type: "string", description: "Name of this permission." },
        },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
};

export const USERS: JsonSchema = {
  type: "object",
  required: ["users"],
  properties: {
    users: {
      type: "array",
      minItems: 1,
      uniqueItems: true,
      description: "user_id's of the users to assign the role to.",
      items: { type: "string", minLength: 1 },
    },
  },
  additionalProperties: false,
};
