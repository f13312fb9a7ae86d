import type { Connection } from "../../state/resources.ts";
import { listSignUpIdentifiers } from "../../users/identifiers.ts";
import type { SignUp } from "./sign-up.ts";

type Identifiers = Pick<SignUp, "email" | "username" | "phone_number">;

const FORMS = {
  email: /^[^\s@]+@[^\s@]+$/,
  username: /^[^\s@]+$/,
  phone_number: /^\+[0-9]{1,15}$/,
} as const;

export const IDENTIFIER_LABELS = { email: "Email", username: "Username", phone_number: "Phone number" } as const;

export type ReadIdentifiers =
  | { readonly kind: "good"; readonly identifiers: Identifiers }
  | { readonly kind: "invalid"; readonly name: keyof Identifiers };

/** What somebody signs up by, of what the database asks for. */
export function readIdentifiers(
  connection: Connection,
  given: Readonly<Partial<Record<keyof Identifiers, string>>>,
): ReadIdentifiers {
  const asked = listSignUpIdentifiers(connection).map(({ name, isRequired }) => ({
    name,
    isRequired,
    value: (given[name] ?? "").trim(),
  }));
  const wrong = asked.find(({ name, isRequired, value }) => (value === "" ? isRequired : !FORMS[name].test(value)));
  if (wrong !== undefined) return { kind: "invalid", name: wrong.name };
  const filled = asked.filter(({ value }) => value !== "");
  if (filled.length === 0) return { kind: "invalid", name: asked[0]?.name ?? "email" };
  return { kind: "good", identifiers: Object.fromEntries(filled.map(({ name, value }) => [name, value])) };
}
