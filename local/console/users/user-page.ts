import { html } from "hono/html";
import { assignmentsOf } from "../../auth0/permissions.ts";
import type { Identity } from "../../auth0/state/user.ts";
import type { Markup } from "../../http/html-page.ts";
import { ConsoleError, definePage } from "../serving/page.ts";
import { describeUser, type UserRow } from "./describe-user.ts";
import { renderState } from "./users-page.ts";

interface UserView extends UserRow {
  readonly createdAt: string;
  readonly identities: readonly Pick<Identity, "connection" | "provider" | "user_id">[];
  /** All of the tenant's. */
  readonly assignable: readonly { readonly id: string; readonly name: string; readonly isAssigned: boolean }[];
  readonly app_metadata: unknown;
  readonly user_metadata: unknown;
}

export const userPage = definePage({
  path: "/console/users/:id",
  read({ tenant, param }): UserView {
    const user = tenant.state.users.get(param("id"));
    if (user === undefined) throw new ConsoleError(404, "USER_UNKNOWN", `There is no user ${param("id")}.`);
    const { roles } = assignmentsOf(tenant, user.user_id);
    return {
      ...describeUser(tenant, user),
      createdAt: user.created_at,
      identities: user.identities.map(({ connection, provider, user_id }) => ({ connection, provider, user_id })),
      assignable: tenant.state.roles.values().map(({ id, name }) => ({ id, name, isAssigned: roles.includes(id) })),
      app_metadata: user.app_metadata ?? {},
      user_metadata: user.user_metadata ?? {},
    };
  },
  render: (view, { token }) => ({
    title: view.name,
    section: "/console/users",
    content: html`<p class="facts">${renderState(view)}<code>${view.id}</code><span class="number">${view.logins === 1 ? "1 login" : `${view.logins} logins`}</span><a href="/console/logins?search=${encodeURIComponent(view.name)}">their logins</a></p>
${renderSwitches(view, token)}${renderMetadata(view, token)}<section class="card"><h2>Identities</h2>
<ul>${view.identities.map(({ connection, provider, user_id }) => html`<li>${connection} <code>${provider}|${user_id}</code></li>`)}</ul></section>
`,
  }),
});

const addressOf = ({ id }: Pick<UserRow, "id">): string => `/console/users/${encodeURIComponent(id)}`;

function renderSwitches(view: UserView, token: string): Markup {
  const renderSwitch = (name: string, value: string, isOn: boolean, label: string): Markup =>
    html`<form method="post" action="${addressOf(view)}/${name}"><input type="hidden" name="token" value="${token}"><input type="hidden" name="value" value="${value}"><input type="hidden" name="on" value="${isOn ? "no" : "yes"}"><button type="submit" class="switch" aria-pressed="${isOn ? "true" : "false"}">${label}</button></form>\n`;
  return html`<section class="card" aria-label="Roles"><h2>Roles</h2>
${view.assignable.length === 0 ? html`<p class="quiet">The tenant has none.</p>` : ""}<div class="together">${view.assignable.map(({ id, name, isAssigned }) => renderSwitch("roles", id, isAssigned, name))}</div></section>
<section class="card" aria-label="State"><h2>State</h2>
<div class="together">${renderSwitch("email_verified", "", view.isVerified, "email verified")}${renderSwitch("blocked", "", view.isBlocked, "blocked")}</div></section>
`;
}

const renderMetadata = (
  view: UserView,
  token: string,
): Markup => html`<section class="card" aria-label="Metadata"><h2>Metadata</h2>
<form method="post" action="${addressOf(view)}/metadata"><input type="hidden" name="token" value="${token}">
<div class="sides"><div><label for="app_metadata">app_metadata</label><textarea id="app_metadata" name="app_metadata" rows="8" spellcheck="false">${JSON.stringify(view.app_metadata, null, 2)}</textarea></div>
<div><label for="user_metadata">user_metadata</label><textarea id="user_metadata" name="user_metadata" rows="8" spellcheck="false">${JSON.stringify(view.user_metadata, null, 2)}</textarea></div></div>
<button type="submit">Save</button></form></section>
`;
