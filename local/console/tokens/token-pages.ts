import { html } from "hono/html";
import type { Markup } from "../../http/html-page.ts";
import { renderCode } from "../runs/render-actions.ts";
import { ConsoleError, definePage, type Form, type Page } from "../serving/page.ts";
import { explainToken, type OpenGateway, type TokenView } from "./explain-token.ts";

/** Of what was pasted; the tokens themselves are not kept. */
const KEPT = 20;
const SECTION = "/console/tokens";

export interface TokenPages {
  readonly pages: readonly Page[];
  readonly forms: readonly Form[];
}

/** A token comes by POST, so that no address and no history has it. */
export function createTokenPages(openGateway?: OpenGateway): TokenPages {
  const explained = new Map<number, TokenView>();
  let last = 0;
  const pastePage = definePage({
    path: SECTION,
    read: () => ({}),
    render: (_view, { token }) => ({ title: "Tokens", section: SECTION, content: renderPasting(token) }),
  });
  const tokenPage = definePage({
    path: `${SECTION}/:id`,
    read({ param }): TokenView {
      const view = explained.get(Number(param("id")));
      if (view !== undefined) return view;
      throw new ConsoleError(404, "TOKEN_NOT_KEPT", `Paste it again: what was said of the last ${KEPT} is kept.`);
    },
    render: (view, { token }) => ({
      title: "A token",
      section: SECTION,
      content: html`${renderToken(view)}${renderPasting(token)}`,
    }),
  });
  const explainForm: Form = {
    path: SECTION,
    async apply({ tenant }, fields) {
      const view = await explainToken(tenant, fields.get("jwt") ?? "", openGateway);
      last += 1;
      explained.set(last, view);
      explained.delete(last - KEPT);
      return { location: `${SECTION}/${last}`, view };
    },
  };
  return { pages: [pastePage, tokenPage], forms: [explainForm] };
}

const renderPasting = (token: string): Markup => html`<form method="post" action="${SECTION}" class="card">
<input type="hidden" name="token" value="${token}">
<label for="jwt">An access token or an ID token</label>
<textarea id="jwt" name="jwt" rows="5" required autocomplete="off" spellcheck="false" class="whole"></textarea>
<button type="submit">Explain</button>
</form>
`;

function renderToken({ header, claims, expires, apis }: TokenView): Markup {
  const none = html`<p class="quiet">It is for no API of this tenant: a gateway refuses it.</p>`;
  return html`${apis.length === 0 ? html`<section class="card"><h2>What it opens</h2>${none}</section>` : apis.map(renderApi)}
<section class="card"><h2>Claims</h2>${expires === "" ? "" : html`<p class="quiet">Good until <time datetime="${expires}">${expires}</time>.</p>`}
${renderCode(JSON.stringify(claims, null, 2), "Claims")}<h3>Header</h3>
${renderCode(JSON.stringify(header, null, 2), "Header")}</section>
`;
}

function renderApi({ audience, of, routes, unread }: TokenView["apis"][number]): Markup {
  const rows = routes.map(
    ({ request, status, why }) =>
      html`<tr><th scope="row"><code>${request}</code></th><td><span class="badge ${status === 200 ? "good" : "bad"}">${status}</span></td><td>${why}</td></tr>\n`,
  );
  return html`<section class="card table" aria-label="What it opens"><h2>What it opens at ${audience}</h2>
${unread === "" ? "" : html`<p class="banner late">routes.yaml was not asked: ${unread}</p>`}<p class="quiet">${of === "routes" ? "The routes of routes.yaml; Stripe is asked what is paid for." : "The requests that its scopes are named after; whether a paid one is paid for is not asked."}</p>
<table>
<thead><tr><th scope="col">Request</th><th scope="col">Gateway</th><th scope="col">Why</th></tr></thead>
<tbody>
${rows}</tbody>
</table></section>
`;
}
