import { html } from "hono/html";
import { DATABASE_STRATEGY } from "../../auth0/users/create-user.ts";
import type { Markup } from "../../http/html-page.ts";
import { definePage, type Visit } from "../serving/page.ts";
import { describeUser, type UserRow } from "./describe-user.ts";

const ROWS = 50;

interface UsersView {
  readonly total: number;
  readonly search: string;
  /** The newest first, at most 50. */
  readonly users: readonly UserRow[];
  /** Names of databases that a user can be made in. */
  readonly databases: readonly string[];
}

export const usersPage = definePage({
  path: "/console/users",
  read: readUsers,
  render: (view, { token }) => ({
    title: "Users",
    section: "/console/users",
    content: html`<p class="quiet">${view.total} in all${view.users.length === ROWS ? html`; ${ROWS} of them are shown` : ""}.</p>
<form method="get" action="/console/users" class="search" role="search">
<label for="search">Email, name or id</label>
<div class="together"><input id="search" name="search" type="search" value="${view.search}" autocomplete="off" spellcheck="false"><button type="submit" class="second">Find</button></div>
</form>
${renderTable(view)}${view.databases.length === 0 ? "" : renderCreation(view.databases, token)}`,
  }),
});

function readUsers({ tenant, query }: Visit): UsersView {
  const { users, connections } = tenant.state;
  const search = query("search");
  const isFound = ({ user_id, email = "", name = "" }: { user_id: string; email?: string; name?: string }): boolean =>
    [user_id, email, name].some((text) => text.toLowerCase().includes(search.toLowerCase()));
  const found = users.values().toReversed().filter(isFound).slice(0, ROWS);
  return {
    total: users.size,
    search,
    users: found.map((user) => describeUser(tenant, user)),
    databases: connections.filter(({ strategy }) => strategy === DATABASE_STRATEGY).map(({ name }) => name),
  };
}

function renderTable({ users, search }: UsersView): Markup {
  if (users.length === 0) return html`<p class="empty">${search === "" ? "Nobody yet." : "Nobody is called so."}</p>\n`;
  return html`<div class="card table"><table>
<thead><tr><th scope="col">User</th><th scope="col" class="wide">Connection</th><th scope="col">Roles</th><th scope="col" class="number">Logins</th></tr></thead>
<tbody>
${users.map(renderRow)}</tbody>
</table></div>
`;
}

const renderRow = ({ id, name, connection, roles, logins, ...user }: UserRow): Markup => html`<tr>
<th scope="row"><a href="/console/users/${encodeURIComponent(id)}">${name}</a>${renderState(user)}</th>
<td class="wide quiet">${connection}</td>
<td>${roles.join(", ")}</td>
<td class="number">${logins}</td>
</tr>
`;

export const renderState = ({ isBlocked, isVerified }: Pick<UserRow, "isBlocked" | "isVerified">): Markup =>
  html`${isBlocked ? html`<span class="badge bad">blocked</span> ` : ""}${isVerified ? "" : html`<span class="badge late">not verified</span>`}`;

const renderCreation = (
  databases: readonly string[],
  token: string,
): Markup => html`<section class="card" aria-label="New user"><h2>New user</h2>
<form method="post" action="/console/users">
<input type="hidden" name="token" value="${token}">
<div class="fields"><div><label for="email">Email</label><input id="email" name="email" type="email" required autocomplete="off"></div>
<div><label for="password">Password</label><input id="password" name="password" type="password" required autocomplete="new-password"></div>
<div><label for="connection">Database</label><select id="connection" name="connection">${databases.map((name) => html`<option>${name}</option>`)}</select></div></div>
<button type="submit">Create</button>
</form></section>
`;
