import { html } from "hono/html";
import type { Markup } from "../../http/html-page.ts";
import { renderNames } from "../flows/flows-page.ts";
import { definePage } from "../serving/page.ts";
import { describeGrants, type GrantView } from "./describe-grants.ts";

interface ApplicationView {
  readonly id: string;
  readonly name: string;
  /** `spa`, `non_interactive`, …; empty where the tenant does not say. */
  readonly type: string;
  readonly callbacks: readonly string[];
  readonly grants: readonly GrantView[];
}

/** The tenant's applications with what they may ask for. */
export const applicationsPage = definePage({
  path: "/console/applications",
  read({ tenant }): { readonly applications: readonly ApplicationView[] } {
    const grants = describeGrants(tenant);
    return {
      applications: tenant.state.clients
        .filter((client) => client.global !== true)
        .map(({ client_id: id, name, app_type: type = "", callbacks = [] }) => ({
          id,
          name,
          type,
          callbacks,
          grants: grants.filter(({ application }) => application === name),
        })),
    };
  },
  render: ({ applications }) => ({
    title: "Applications",
    section: "/console/applications",
    content: html`<div class="card table"><table>
<thead><tr><th scope="col">Application</th><th scope="col" class="wide">Callbacks</th><th scope="col">Grants</th></tr></thead>
<tbody>
${applications.map(renderApplication)}</tbody>
</table></div>
`,
  }),
});

const renderApplication = ({ id, name, type, callbacks, grants }: ApplicationView): Markup => html`<tr>
<th scope="row">${name}<br><span class="quiet">${type}</span> <code class="quiet">${id}</code></th>
<td class="wide">${renderNames(callbacks)}</td>
<td>${grants.length === 0 ? html`<span class="quiet">none</span>` : grants.map(renderGrant)}</td>
</tr>
`;

const renderGrant = ({ audience, scopes, subject }: GrantView): Markup =>
  html`<div>${audience} <span class="quiet">${subject === "user" ? "for its users" : "for itself"}</span> ${scopes.length > 8 ? html`<span class="quiet number">${scopes.length} scopes</span>` : renderNames(scopes)}</div>\n`;
