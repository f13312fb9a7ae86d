import { checkInput, type Shape } from "./check-input.ts";

const MAX_LEVELS = 5;
const MAX_PROPERTIES = 5;

const LEVEL: Shape = {
  type: "object",
  required: ["sub"],
  names: /^.{1,64}$/s,
  properties: { sub: { type: "string", minLength: 1, maxLength: 512 } },
};
const VALUE: Shape = { type: "object", properties: { value: { type: "string", maxLength: 64 } } };

/**
 * Checks who acts for the user (RFC 8693 §4.1), with the messages of the code that Auth0 publishes for tests.
 *
 * @throws {Error}
 */
export function checkActor(actor: unknown): void {
  let level: unknown = actor;
  for (let depth = 1; level !== undefined; depth++) {
    if (!isPlainObject(level)) throw new Error(`The ${depth === 1 ? "actor" : "act claim"} must be a plain object.`);
    if (depth > MAX_LEVELS) throw new Error(`Actor nesting must not exceed ${MAX_LEVELS} levels.`);
    checkLevel(level);
    level = level.act;
  }
}

function checkLevel({ act: _, ...level }: Readonly<Record<string, unknown>>): void {
  if (level.sub === undefined) throw new Error("The actor object must contain a sub claim.");
  checkInput(LEVEL, level);
  const custom = Object.entries(level).filter(([name]) => name !== "sub" && name !== "type");
  if (custom.length > MAX_PROPERTIES) {
    throw new Error(`No more than ${MAX_PROPERTIES} custom properties are allowed in the actor object.`);
  }
  for (const [, value] of custom) {
    if (!["string", "number", "boolean"].includes(typeof value)) {
      throw new Error("Custom property in an actor object must be a string, number, or boolean.");
    }
    if (typeof value === "string") checkInput(VALUE, { value });
  }
}

/** Whatever realm it comes from. */
function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return Object.prototype.toString.call(value) === "[object Object]";
}
