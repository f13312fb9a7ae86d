import { OWN_SECTIONS } from "../sections.ts";
import { findOtherUnit } from "../session-lifetimes.ts";
import { isMapping } from "../shape.ts";
import type { Declarations } from "./declarations.ts";
import { addAnswered, describeType, type FieldSchema, mergeFields } from "./derive-fields.ts";

interface Declared {
  /** What the API takes, of all requests together. */
  readonly requests: readonly string[];
  readonly answer?: string;
  /** Auth0 takes no fractions in it (the Management API's documentation says integer), where the SDK says number. */
  readonly isWhole?: true;
}

/** The SDK's types for each section. */
const DECLARED: Readonly<Record<(typeof OWN_SECTIONS)[number], Declared>> = {
  tenant: {
    requests: ["UpdateTenantSettingsRequestContent"],
    answer: "GetTenantSettingsResponseContent",
    isWhole: true,
  },
  resourceServers: {
    requests: ["CreateResourceServerRequestContent", "UpdateResourceServerRequestContent"],
    answer: "ResourceServer",
    isWhole: true,
  },
  clients: {
    requests: ["CreateClientRequestContent", "UpdateClientRequestContent"],
    answer: "Client",
    isWhole: true,
  },
  clientGrants: {
    requests: ["CreateClientGrantRequestContent", "UpdateClientGrantRequestContent"],
    answer: "ClientGrantResponseContent",
  },
  roles: { requests: ["CreateRoleRequestContent", "UpdateRoleRequestContent"], answer: "Role" },
  actions: { requests: ["CreateActionRequestContent", "UpdateActionRequestContent"], answer: "Action" },
  triggers: { requests: [] },
  databases: {
    requests: [
      "CreateConnectionRequestContentAuth0",
      "UpdateConnectionRequestContentAuth0",
      "UpdateConnectionRequestContent",
    ],
    answer: "ConnectionForList",
    isWhole: true,
  },
};

const record = (properties: Record<string, FieldSchema>): FieldSchema => ({
  type: ["object"],
  properties,
  additionalProperties: false,
});
const TEXT: FieldSchema = { type: ["string"] };

/**
 * What the Deploy CLI's format has and the API does not (a role's permissions, a list of Actions for each trigger), and settings of
 * tenants that the API takes and answers and the SDK's types lack.
 */
function listAdded(triggers: readonly string[]): Readonly<Record<string, FieldSchema>> {
  const permission = { permission_name: TEXT, resource_server_identifier: TEXT };
  const shown = { resource_server_name: TEXT, description: TEXT };
  const binding = { type: ["array"], items: record({ action_name: TEXT, display_name: TEXT }) };
  const colors = record({ primary: TEXT, page_background: { type: ["string", "object"] } });
  return {
    tenant: record({
      universal_login: record({ colors, passwordless: { type: ["object"] } }),
      flags: record({ use_scope_descriptions_for_consent: { type: ["boolean"] } }),
    }),
    roles: record({ permissions: { type: ["array"], items: record({ ...permission, ...shown }) } }),
    triggers: record(Object.fromEntries(triggers.map((trigger) => [trigger, binding]))),
  };
}

/** Names and types of the fields of every section that is written here: the API's and the Deploy CLI's together. */
export function deriveFields(
  declarations: Declarations,
  triggers: readonly string[],
  cliSections: Readonly<Record<string, unknown>>,
): Readonly<Record<string, FieldSchema>> {
  const added = listAdded(triggers);
  // Of all lists of values this one alone is checked: Auth0 adds to the others between two releases of the SDK.
  const known = new Map(declarations).set("ActionTriggerTypeEnum", { kind: "choice", values: triggers });
  return Object.fromEntries(
    OWN_SECTIONS.map((section) => {
      const cli = cliSections[section];
      const isList = isMapping(cli) && cli.type === "array";
      const { requests, answer, isWhole } = DECLARED[section];
      const asked = [
        ...requests.map((name) => describeType(name, known)),
        ...(added[section] === undefined ? [] : [added[section]]),
      ].reduce(mergeFields);
      const fields = answer === undefined ? asked : addAnswered(asked, describeType(answer, known));
      const whole = isWhole === true ? toWhole(fields) : fields;
      const row = section === "triggers" ? whole : widen(whole, isList ? cli.items : cli);
      return [section, isList ? { type: ["array"], items: row } : row];
    }),
  );
}

/** Lifetimes in hours alone have fractions: the Deploy CLI sends minutes. */
function toWhole(schema: FieldSchema): FieldSchema {
  const { type, properties, items } = schema;
  return {
    ...schema,
    ...(type !== undefined && { type: type.map((name) => (name === "number" ? "integer" : name)) }),
    ...(properties !== undefined && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, inner]) => [name, isInHours(name) ? inner : toWhole(inner)]),
      ),
    }),
    ...(items !== undefined && { items: toWhole(items) }),
  };
}

const isInHours = (name: string): boolean => findOtherUnit(name)?.endsWith("_in_minutes") === true;

/**
 * Takes the names as well that only the Deploy CLI's schema has, of any type, and leaves choices that it also lists to it: it is
 * checked beside this one, and the SDK's types lag behind it in places.
 */
function widen(schema: FieldSchema, cli: unknown): FieldSchema {
  if (!isMapping(cli)) return schema;
  const { enum: choices, ...rest } = schema;
  const widened: FieldSchema = {
    ...rest,
    ...(choices !== undefined && !Array.isArray(cli.enum) && { enum: choices }),
    ...(schema.items !== undefined && { items: widen(schema.items, cli.items) }),
  };
  if (schema.properties === undefined || !isMapping(cli.properties)) return widened;
  const properties = { ...schema.properties };
  for (const [name, inner] of Object.entries(cli.properties)) {
    const present = properties[name];
    properties[name] = present === undefined ? {} : widen(present, inner);
  }
  return { ...widened, properties };
}
