import type { Shape } from "./check-input.ts";

// What the methods of a token exchange take, as the platform checks it.

const text = (maxLength: number): Shape => ({ type: "string", minLength: 1, maxLength });
const shapeOf = (properties: Readonly<Record<string, Shape>>): Shape => ({
  type: "object",
  required: Object.keys(properties),
  properties,
});

export const DENY = shapeOf({ code: text(1024), reason: text(4096) });
export const REJECT = shapeOf({ reason: text(4096) });
export const USER_BY_ID = shapeOf({ user_id: text(512) });
export const ORGANIZATION = shapeOf({ organization: text(50) });
export const METADATA = shapeOf({ key: { type: "string" } });
export const USER_BY_CONNECTION = shapeOf({
  connection_name: text(512),
  user_attributes: {
    type: "object",
    maxProperties: 24,
    names: /^/,
    required: ["user_id"],
    properties: {
      user_id: text(255),
      ...Object.fromEntries(["family_name", "given_name"].map((name) => [name, text(150)])),
      ...Object.fromEntries(["name", "nickname"].map((name) => [name, text(300)])),
      username: text(128),
      ...Object.fromEntries(
        ["email_verified", "phone_verified", "verify_email"].map((name) => [name, { type: "boolean" }] as const),
      ),
    },
  },
  options: shapeOf({
    creationBehavior: { type: "enum", values: ["create_if_not_exists", "none"] },
    updateBehavior: { type: "enum", values: ["replace", "none"] },
  }),
});
