import { html } from "hono/html";
import type { Markup } from "../../http/html-page.ts";
import { renderTime } from "../runs/login-row.ts";
import { definePage, type Page } from "../serving/page.ts";
import { KEPT_MESSAGES, type Mailbox, type ReceivedMessage } from "./mailbox.ts";

/** Every mail and text that the tenant has sent: none leaves this machine. */
export const createMailboxPage = (mailbox: Mailbox): Page =>
  definePage({
    path: "/console/mailbox",
    read: () => ({ messages: mailbox.list() }),
    render: ({ messages }) => ({
      title: "Mailbox",
      section: "/console/mailbox",
      content: html`<p class="quiet">What the tenant has sent to its users, whoever they are: the last ${KEPT_MESSAGES} since it was started.</p>
${messages.length === 0 ? html`<p class="empty">No mail yet: sign somebody up, or ask for a new password.</p>\n` : messages.map(renderMessage)}`,
    }),
  });

const renderMessage = ({ at, to, subject, text }: ReceivedMessage): Markup => html`<article class="card">
<div class="head"><h2>${subject}</h2><span class="quiet">${to}</span><span class="number quiet">${renderTime(at)}</span></div>
<p>${linkAddresses(text)}</p>
</article>
`;

const ADDRESS = /(https?:\/\/[^\s<>"]+)/;

const linkAddresses = (text: string): readonly (Markup | string)[] =>
  text.split(ADDRESS).map((part) => (ADDRESS.test(part) ? html`<a href="${part}">${part}</a>` : part));
