import { digest, newSecret } from "../digest.ts";
import type { Tenant } from "../tenant.ts";

/** What a link in an email is for. It is good once. */
export type Ticket = VerificationTicket | PasswordTicket;

interface TicketOf<Purpose extends string> {
  readonly for: Purpose;
  readonly userId: string;
  /** Milliseconds: when it ends, where that is before its usual time. */
  readonly until?: number;
}

interface VerificationTicket extends TicketOf<"email-verification"> {
  /** Void if the user's address is another one by then. */
  readonly email: string;
}

interface PasswordTicket extends TicketOf<"password-reset"> {
  readonly identityId: string;
  /** The application that the user came by, where one is known. */
  readonly clientId?: string;
  /** Whether to have read the mail counts as proof of the address. */
  readonly verifiesEmail?: boolean;
}

/** The address of the page; the log shows it in place of an email. */
export function createTicketUrl({ inFlight, issuer }: Pick<Tenant, "inFlight" | "issuer">, ticket: Ticket): string {
  const secret = newSecret();
  inFlight.tickets.set(digest(secret), ticket);
  const page = ticket.for === "email-verification" ? "email-verification" : "reset-password";
  return `${issuer}u/${page}?ticket=${secret}`;
}

type For<Name extends Ticket["for"]> = Extract<Ticket, { readonly for: Name }>;

export function findTicket<Name extends Ticket["for"]>(
  { clock, inFlight }: Pick<Tenant, "clock" | "inFlight">,
  secret: string | undefined,
  purpose: Name,
): For<Name> | undefined {
  const ticket = inFlight.tickets.get(digest(secret ?? ""));
  const isOver = ticket?.until !== undefined && clock() >= ticket.until;
  return ticket?.for === purpose && !isOver ? (ticket as For<Name>) : undefined;
}

export function useTicket<Name extends Ticket["for"]>(
  tenant: Pick<Tenant, "clock" | "inFlight">,
  secret: string | undefined,
  purpose: Name,
): For<Name> | undefined {
  const ticket = findTicket(tenant, secret, purpose);
  if (ticket !== undefined) tenant.inFlight.tickets.delete(digest(secret ?? ""));
  return ticket;
}
