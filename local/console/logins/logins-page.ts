import { html } from "hono/html";
import type { Markup } from "../../http/html-page.ts";
import { describeLogin, type LoginRow, renderLoginRow } from "../runs/login-row.ts";
import type { RunRecorder, SeenRun } from "../runs/recorder.ts";
import { definePage, type Page, type Visit } from "../serving/page.ts";

/** Rows of a page, and of what is shown live. */
export const ROWS = 50;

interface LoginsView {
  /** Since the tenant was started. */
  readonly total: number;
  /** The newest, which alone are kept. */
  readonly kept: number;
  readonly search: string;
  readonly logins: readonly LoginRow[];
  /** Id of the last one before which there are more. */
  readonly before?: number;
}

/** Logins and other runs of Actions, the newest first. */
export const createLoginsPage = (path: string, runs: RunRecorder): Page =>
  definePage({
    path,
    read: (visit) => readLogins(runs, visit),
    render: (view, visit) => ({
      title: "Logins",
      section: "/console/logins",
      content: html`${renderSummary(view)}${renderSearch(view)}${renderTable(view, visit.query("before") === "")}${renderMore(view)}`,
    }),
  });

function readLogins({ total, capacity, newest }: RunRecorder, visit: Visit): LoginsView {
  const search = visit.query("search");
  const before = Number(visit.query("before")) || Number.POSITIVE_INFINITY;
  const found: LoginRow[] = [];
  for (const seen of newest()) {
    if (seen.id >= before || !isFound(seen, search.toLowerCase())) continue;
    if (found.length === ROWS) return { total, kept: capacity, search, logins: found, before: found.at(-1)?.id ?? 0 };
    found.push(describeLogin(seen));
  }
  return { total, kept: capacity, search, logins: found };
}

function isFound(seen: SeenRun, search: string): boolean {
  if (search === "") return true;
  const { who, client, trigger, result } = describeLogin(seen);
  const actions = seen.result.runs.map(({ actionName }) => actionName);
  return [who, client, trigger, result, ...actions].some((text) => text.toLowerCase().includes(search));
}

function renderSummary({ total, kept }: LoginsView): Markup {
  const rest = total > kept ? `; the last ${kept} are kept.` : ".";
  return html`<p class="quiet"><span data-live-total>${total}</span> since the tenant was started${rest} <span role="status" data-live-status></span></p>\n`;
}

const renderSearch = ({
  search,
}: LoginsView): Markup => html`<form method="get" action="/console/logins" class="search" role="search">
<label for="search">Email, application, Action or result</label>
<div class="together"><input id="search" name="search" type="search" value="${search}" autocomplete="off" spellcheck="false"><button type="submit" class="second">Find</button></div>
</form>
`;

/** New ones join the first page of all of them. */
function renderTable({ logins, search }: LoginsView, isFirst: boolean): Markup {
  const isLive = isFirst && search === "";
  const live = isLive ? html` data-live="/console/logins/events?after=${logins[0]?.id ?? 0}" data-most="${ROWS}"` : "";
  const none = search === "" ? "Nobody has logged in yet." : "None of those that are kept.";
  return html`${logins.length > 0 ? "" : html`<p class="empty" data-live-empty>${none}</p>`}
<div class="card table"${logins.length > 0 ? "" : html` hidden`}><table>
<thead><tr><th scope="col">Time</th><th scope="col">Who</th><th scope="col" class="wide">Trigger</th><th scope="col">Result</th><th scope="col" class="wide number">Actions</th></tr></thead>
<tbody${live}>
${logins.map(renderLoginRow)}</tbody>
</table></div>
`;
}

function renderMore({ before, search }: LoginsView): Markup | "" {
  if (before === undefined) return "";
  const query = new URLSearchParams({ before: String(before), ...(search !== "" && { search }) });
  return html`<p><a href="/console/logins?${query.toString()}">Earlier ones</a></p>\n`;
}
