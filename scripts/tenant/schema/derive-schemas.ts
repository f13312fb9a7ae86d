import { findOtherUnit } from "../session-lifetimes.ts";
import { isMapping } from "../shape.ts";
import type { Declarations } from "./declarations.ts";
import { addAnswered, describeType, type FieldSchema, mergeFields } from "./derive-fields.ts";
import type { SectionFacts } from "./section-facts.ts";

/** Where names and types of a section's fields are declared. */
export interface DeclaredFields {
  /** The SDK's types for what the API takes, of all requests together. */
  readonly requests: readonly string[];
  readonly answer?: string;
  /** Auth0 takes no fractions in it (the Management API's documentation says integer), where the SDK says number. */
  readonly isWhole?: true;
  /** What the Deploy CLI's format has, or the API takes and answers, and the SDK's types lack. */
  listAdded?(triggers: readonly string[]): FieldSchema;
  /** The Deploy CLI's schema has no names to add. */
  readonly isComplete?: true;
}

/** Names and types of the fields of every section that is written here: the API's and the Deploy CLI's together. */
export function deriveFields(
  kinds: readonly SectionFacts[],
  declarations: Declarations,
  triggers: readonly string[],
  cliSections: Readonly<Record<string, unknown>>,
): Readonly<Record<string, FieldSchema>> {
  // Of all lists of values this one alone is checked: Auth0 adds to the others between two releases of the SDK.
  const known = new Map(declarations).set("ActionTriggerTypeEnum", { kind: "choice", values: triggers });
  return Object.fromEntries(
    kinds.flatMap(({ section, isOneObject, declared }) => {
      if (declared === undefined) return [];
      const { requests, answer, isWhole, listAdded, isComplete } = declared;
      const cli = cliSections[section];
      const asked = [
        ...requests.map((name) => describeType(name, known)),
        ...(listAdded === undefined ? [] : [listAdded(triggers)]),
      ].reduce(mergeFields);
      const fields = answer === undefined ? asked : addAnswered(asked, describeType(answer, known));
      const whole = isWhole === true ? toWhole(fields) : fields;
      const row = isComplete ? whole : widen(whole, isOneObject || !isMapping(cli) ? cli : cli.items);
      return [[section, isOneObject ? row : { type: ["array"], items: row }]];
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
