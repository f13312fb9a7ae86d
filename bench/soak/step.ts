import type { FaultKind } from "../../local/stripe/fault-kinds.ts";

/** What can happen. People and emails are told by number, modulo how many there are. */
export type Step =
  | { readonly kind: "sign up"; readonly people: readonly NewPerson[] }
  | { readonly kind: "log in"; readonly logins: readonly AgainLogin[] }
  /** Befalls the next requests of that kind. */
  | { readonly kind: "fault"; readonly fault: FaultKind; readonly on: "any" | "GET" | "POST"; readonly times: number }
  | { readonly kind: "healed" }
  | { readonly kind: "time passes"; readonly hours: number }
  /** The person's user and customer are deleted; some sign up again within the minute. */
  | { readonly kind: "leave"; readonly person: number; readonly comesBack: boolean }
  /** The second becomes an identity of the first, if both have one email. */
  | { readonly kind: "link"; readonly person: number; readonly other: number };

export interface NewPerson {
  readonly email: number;
  /** A social user who comes back has the same id; a database user has a new one. */
  readonly via: "database" | "social";
  readonly isVerified: boolean;
  /** First logins at once. */
  readonly tabs: number;
  /** The Action dies before its metadata is saved. */
  readonly crashes: boolean;
}

export interface AgainLogin {
  readonly person: number;
  readonly via: "password" | "silent" | "refresh";
  readonly crashes: boolean;
}
