import { flag, listOf, mapOf, mapping, number, type Path, type Shape, type TypeOf, text } from "../tenant/shape.ts";

const anything: Shape<unknown> = () => [];
const time: Shape<string> = (value, path) => {
  if (typeof value !== "string") return text(value, path);
  return Number.isNaN(Date.parse(value)) ? [{ path, message: "expected a time, as 2026-11-30T12:00:00Z" }] : [];
};
const kind: Shape<"login" | "refresh"> = (value, path) =>
  value === "login" || value === "refresh" ? [] : [{ path, message: "expected login or refresh" }];

/** With nothing but these: a name that is misspelled would let a row pass. */
function exactly<R extends Record<string, Shape<unknown>>, O extends Record<string, Shape<unknown>>>(
  required: R,
  optional: O,
) {
  const shape = mapping(required, optional);
  const known = new Set([...Object.keys(required), ...Object.keys(optional)]);
  const strict: typeof shape = (value, path) => [
    ...shape(value, path),
    ...Object.keys(typeof value === "object" && value !== null ? value : {})
      .filter((key) => !known.has(key))
      .map((key) => ({ path: [...path, key] as Path, message: `"${key}" is not one of ${[...known].join(", ")}` })),
  ];
  return strict;
}

const metadata = mapOf(anything);

/** A file of `rehearsal/`: who logs in, how, and what that comes to. */
export const ownRow = exactly(
  {
    name: text,
    person: exactly(
      { email: text },
      {
        user_id: text,
        email_verified: flag,
        created_at: time,
        /** How often they had logged in, this login included. */
        logins_count: number,
        name: text,
        nickname: text,
        given_name: text,
        family_name: text,
        picture: text,
        roles: listOf(text),
        app_metadata: metadata,
        user_metadata: metadata,
      },
    ),
    /** By the names that the console has for what differs. */
    result: mapOf(anything),
  },
  {
    story: text,
    /** When it takes place; now without it. */
    at: time,
    login: exactly({}, { kind, scopes: listOf(text) }),
  },
);

export type OwnRow = TypeOf<typeof ownRow>;
