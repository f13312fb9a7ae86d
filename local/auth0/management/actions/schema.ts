import type { JsonSchema } from "../validation.ts";
import { TRIGGER_IDS } from "./trigger-table.ts";

const SUPPORTED_TRIGGERS: JsonSchema = {
  type: "array",
  minItems: 1,
  maxItems: 1,
  description:
    "The list of triggers that this action supports. At this time, an action can only target a single trigger at a time.",
  items: {
    type: "object",
    required: ["id"],
    properties: {
      id: { type: "string", enum: TRIGGER_IDS, description: "An actions extensibility point." },
      version: { type: "string", description: "The version of a trigger. v1, v2, etc." },
    },
  },
};

export const DEPENDENCIES: JsonSchema = {
  type: "array",
  description: "The list of third party npm modules, and their versions, that this action depends on.",
  items: {
    type: "object",
    required: ["name"],
    properties: {
      name: { type: "string", minLength: 1, description: "name is the name of the npm module, e.g. lodash" },
      version: { type: "string", description: "description is the version of the npm module, e.g. 4.17.1" },
      registry_url: { type: "string" },
    },
    additionalProperties: false,
  },
};

/** A secret without its value is refused: whether Auth0 would keep the old one is not known. */
export const SECRETS: JsonSchema = {
  type: "array",
  description: "The list of secrets that are included in an action or a version of an action.",
  items: {
    type: "object",
    required: ["name", "value"],
    properties: {
      name: { type: "string", description: "The name of the particular secret, e.g. API_KEY." },
      value: { type: "string", description: "The value of the particular secret, e.g. secret123." },
      updated_at: { type: "string" },
    },
    additionalProperties: false,
  },
};

const PROPERTIES: Readonly<Record<string, JsonSchema>> = {
  name: { type: "string", minLength: 1, description: "The name of an action." },
  supported_triggers: SUPPORTED_TRIGGERS,
  code: { type: "string", description: "The source code of the action." },
  dependencies: DEPENDENCIES,
  runtime: { type: "string", description: "The Node runtime. For example: `node22`, defaults to `node22`" },
  secrets: SECRETS,
  modules: {
    type: "array",
    description: "The list of action modules and their versions used by this action.",
    items: {
      type: "object",
      required: ["module_id", "module_version_id"],
      properties: {
        module_id: { type: "string" },
        module_version_id: { type: "string" },
        module_name: { type: "string" },
        module_version_number: { type: "integer" },
      },
      additionalProperties: false,
    },
  },
};

export const CREATE_ACTION: JsonSchema = {
  type: "object",
  required: ["name", "supported_triggers"],
  properties: { ...PROPERTIES, deploy: { type: "boolean" } },
  additionalProperties: false,
};

export const UPDATE_ACTION: JsonSchema = { type: "object", properties: PROPERTIES, additionalProperties: false };

/** `null` for nothing, as go-auth0 sends it. */
export const ROLL_BACK: JsonSchema = {
  type: ["object", "null"],
  properties: { update_draft: { type: "boolean" } },
  additionalProperties: false,
};

export const UPDATE_BINDINGS: JsonSchema = {
  type: "object",
  required: ["bindings"],
  properties: {
    bindings: {
      type: "array",
      // Auth0 docs, "Entity Limit Policy".
      maxItems: 20,
      description:
        "The actions that will be bound to this trigger. The order in which they are included will be the order in which they are executed.",
      items: {
        // Auth0 lists several forms; this one is what its own clients send, and a wrong entry gets the same error.
        oneOf: [
          {
            type: "object",
            required: ["ref"],
            properties: {
              ref: {
                type: "object",
                required: ["type", "value"],
                properties: {
                  type: { type: "string", enum: ["binding_id", "action_id", "action_name"] },
                  value: { type: "string", minLength: 1 },
                },
                additionalProperties: false,
              },
              display_name: { type: "string", minLength: 1 },
            },
            additionalProperties: false,
          },
        ],
      },
    },
  },
  additionalProperties: false,
};
