import type { Mail } from "../actions/mail.ts";
import type { User } from "../state/user.ts";
import type { Tenant } from "../tenant.ts";

interface LinkMail extends Pick<Mail, "client" | "connection" | "messageType" | "request" | "subject"> {
  readonly user: User;
  readonly url: string;
  /** What the link does, as `verify the email address`. */
  readonly purpose: string;
}

/** No mail leaves this tenant: its link is a line of the log, and an Action that delivers mails is handed it besides. */
export function sendLink({ actions, log }: Pick<Tenant, "actions" | "log">, { url, purpose, ...mail }: LinkMail): void {
  log(`${mail.user.user_id}: ${purpose} at ${url}`);
  if (mail.user.email === undefined) return;
  const text = `Follow this link to ${purpose}: ${url}`;
  const html = `<p>Follow this link to <a href="${url.replaceAll("&", "&amp;")}">${purpose}</a>.</p>`;
  actions.deliverMail({ ...mail, to: mail.user.email, text, html });
}
