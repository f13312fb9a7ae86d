import { html } from "hono/html";
import type { Markup } from "../../http/html-page.ts";
import { renderNames } from "../flows/flows-page.ts";
import { definePage } from "../serving/page.ts";
import { describeGrants } from "./describe-grants.ts";

interface ApiView {
  readonly identifier: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** Whether tokens carry only what is assigned to their user. */
  readonly hasRbac: boolean;
  /** Seconds. */
  readonly tokenLifetime: number;
  /** Names of applications with a grant. */
  readonly applications: readonly string[];
}

/** The tenant's APIs, without Auth0's own. */
export const apisPage = definePage({
  path: "/console/apis",
  read({ tenant }): { readonly apis: readonly ApiView[] } {
    const grants = describeGrants(tenant);
    return {
      apis: tenant.state.resourceServers
        .filter((api) => api.is_system !== true)
        .map(({ identifier, name = identifier, scopes = [], enforce_policies: hasRbac = false, token_lifetime }) => ({
          identifier,
          name,
          scopes: scopes.map(({ value }) => value),
          hasRbac,
          tokenLifetime: token_lifetime,
          applications: grants.flatMap(({ audience, application }) => (audience === identifier ? application : [])),
        })),
    };
  },
  render: ({ apis }) => ({
    title: "APIs",
    section: "/console/apis",
    content:
      apis.length === 0
        ? html`<p class="empty">None yet: <code>npm run deploy</code>, or <code>npm run dev</code>.</p>\n`
        : html`<div class="card table"><table>
<thead><tr><th scope="col">API</th><th scope="col">Scopes</th><th scope="col" class="wide">Grants</th></tr></thead>
<tbody>
${apis.map(renderApi)}</tbody>
</table></div>
`,
  }),
});

const renderApi = ({ identifier, name, scopes, hasRbac, tokenLifetime, applications }: ApiView): Markup => html`<tr>
<th scope="row">${name}<br><code class="quiet">${identifier}</code><br><span class="quiet">RBAC ${hasRbac ? "on" : "off"}, tokens for ${tokenLifetime} s</span></th>
<td>${renderNames(scopes)}</td>
<td class="wide">${renderNames(applications)}</td>
</tr>
`;
