import { html } from "hono/html";
import type { Tenant } from "../../auth0/tenant.ts";
import type { Markup } from "../../http/html-page.ts";
import { renderNames } from "../flows/flows-page.ts";
import { definePage } from "../serving/page.ts";
import { describeUser } from "../users/describe-user.ts";

interface OrganizationView {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Names. */
  readonly connections: readonly string[];
  readonly members: readonly { readonly id: string; readonly name: string; readonly roles: readonly string[] }[];
}

/** The tenant's organizations with who belongs to them. */
export const organizationsPage = definePage({
  path: "/console/organizations",
  read: ({ tenant }) => ({ organizations: readOrganizations(tenant) }),
  render: ({ organizations }) => ({
    title: "Organizations",
    section: "/console/organizations",
    content:
      organizations.length === 0
        ? html`<p class="empty">The tenant has none. <code>organizations</code> in tenant.yaml makes them.</p>\n`
        : html`${organizations.map(renderOrganization)}`,
  }),
});

function readOrganizations(tenant: Tenant): readonly OrganizationView[] {
  const { organizations, organizationMembers, organizationConnections, connections, roles, users } = tenant.state;
  return organizations.values().map(({ id, name, display_name: displayName = name, metadata = {} }) => ({
    id,
    name,
    displayName,
    metadata,
    connections: organizationConnections
      .filter(({ organization_id }) => organization_id === id)
      .map(({ connection_id }) => connections.get(connection_id)?.name ?? connection_id),
    members: organizationMembers
      .filter(({ organization_id }) => organization_id === id)
      .map((member) => {
        const user = users.get(member.user_id);
        return {
          id: member.user_id,
          name: user === undefined ? member.user_id : describeUser(tenant, user).name,
          roles: member.roles.map((role) => roles.get(role)?.name ?? role),
        };
      }),
  }));
}

const renderOrganization = ({
  id,
  name,
  displayName,
  metadata,
  connections,
  members,
}: OrganizationView): Markup => html`<section class="card" aria-label="${displayName}"><h2>${displayName}</h2>
<p class="facts"><code>${name}</code><code class="quiet">${id}</code></p>
<h3>Members</h3>
${members.length === 0 ? html`<p class="quiet">none</p>` : html`<ul>${members.map((member) => html`<li><a href="/console/users/${encodeURIComponent(member.id)}">${member.name}</a> ${member.roles.join(", ")}</li>`)}</ul>`}
<h3>Connections</h3>
<p>${renderNames(connections)}</p>
<h3>Metadata</h3>
<p>${renderNames(Object.entries(metadata).map(([key, value]) => `${key}: ${value}`))}</p></section>
`;
