import type { Connection } from "../state/resources.ts";
import { IDENTIFIERS, type Identifier } from "../state/user-keys.ts";

/** What whoever signs up to a database says about how they are called and reached. */
export interface SignUpIdentifier {
  readonly name: Identifier;
  readonly isRequired: boolean;
}

interface Attribute {
  readonly signup?: { readonly status?: "required" | "optional" | "inactive" };
}

/** By `attributes` of the connection ("Flexible Identifiers"), else an email and, with `requires_username`, a username. */
export function listSignUpIdentifiers({ options }: Pick<Connection, "options">): readonly SignUpIdentifier[] {
  const attributes = options.attributes as Readonly<Partial<Record<Identifier, Attribute | null>>> | null | undefined;
  if (attributes == null) {
    const username = { name: "username", isRequired: true } as const;
    return [{ name: "email", isRequired: true }, ...(options.requires_username === true ? [username] : [])];
  }
  return IDENTIFIERS.flatMap((name) => {
    const status = attributes[name]?.signup?.status ?? "inactive";
    return attributes[name] == null || status === "inactive" ? [] : [{ name, isRequired: status === "required" }];
  });
}
