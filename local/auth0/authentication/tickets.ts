import { digest, newSecret } from "../digest.ts";
import type { Tenant } from "../tenant.ts";

/** What a link in an email is for. It is good once. */
export type Ticket =
  /** Void if the user's address is another one by then. */
  | { readonly for: "email-verification"; readonly userId: string; readonly email: string }
  | { readonly for: "password-reset"; readonly userId: string; readonly identityId: string };

/** The address of the page; the log shows it in place of an email. */
export function createTicketUrl(tenant: Tenant, ticket: Ticket): string {
  const secret = newSecret();
  tenant.inFlight.tickets.set(digest(secret), ticket);
  const page = ticket.for === "email-verification" ? "email-verification" : "reset-password";
  return `${tenant.issuer}u/${page}?ticket=${secret}`;
}

type For<Name extends Ticket["for"]> = Extract<Ticket, { readonly for: Name }>;

export function readTicket<Name extends Ticket["for"]>(
  tenant: Tenant,
  secret: string | undefined,
  purpose: Name,
): For<Name> | undefined {
  const ticket = tenant.inFlight.tickets.get(digest(secret ?? ""));
  return ticket?.for === purpose ? (ticket as For<Name>) : undefined;
}

export function useTicket<Name extends Ticket["for"]>(
  tenant: Tenant,
  secret: string | undefined,
  purpose: Name,
): For<Name> | undefined {
  const ticket = readTicket(tenant, secret, purpose);
  if (ticket !== undefined) tenant.inFlight.tickets.delete(digest(secret ?? ""));
  return ticket;
}
