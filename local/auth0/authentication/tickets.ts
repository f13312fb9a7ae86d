import { digest, newSecret } from "../digest.ts";
import type { Tenant } from "../tenant.ts";
import type { InFlight } from "./in-flight.ts";

/** What a link in an email is for. It is good once. */
export type Ticket =
  /** Void if the user's address is another one by then. */
  | { readonly for: "email-verification"; readonly userId: string; readonly email: string }
  | { readonly for: "password-reset"; readonly userId: string; readonly identityId: string };

/** The address of the page; the log shows it in place of an email. */
export function createTicketUrl({ inFlight, issuer }: Pick<Tenant, "inFlight" | "issuer">, ticket: Ticket): string {
  const secret = newSecret();
  inFlight.tickets.set(digest(secret), ticket);
  const page = ticket.for === "email-verification" ? "email-verification" : "reset-password";
  return `${issuer}u/${page}?ticket=${secret}`;
}

type For<Name extends Ticket["for"]> = Extract<Ticket, { readonly for: Name }>;

export function readTicket<Name extends Ticket["for"]>(
  inFlight: InFlight,
  secret: string | undefined,
  purpose: Name,
): For<Name> | undefined {
  const ticket = inFlight.tickets.get(digest(secret ?? ""));
  return ticket?.for === purpose ? (ticket as For<Name>) : undefined;
}

export function useTicket<Name extends Ticket["for"]>(
  inFlight: InFlight,
  secret: string | undefined,
  purpose: Name,
): For<Name> | undefined {
  const ticket = readTicket(inFlight, secret, purpose);
  if (ticket !== undefined) inFlight.tickets.delete(digest(secret ?? ""));
  return ticket;
}
