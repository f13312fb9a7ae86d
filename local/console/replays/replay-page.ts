import { html } from "hono/html";
import type { Markup } from "../../http/html-page.ts";
import { compareRuns } from "../runs/compare-runs.ts";
import { type ActionView, describeActions } from "../runs/describe-actions.ts";
import { describeLogin, type LoginRow, renderResult } from "../runs/login-row.ts";
import type { Difference } from "../runs/outline-run.ts";
import { renderActions, renderDifferences } from "../runs/render-actions.ts";
import { definePage, type Page } from "../serving/page.ts";
import { isAllOfCheckout, isOfCheckout, type Replay, type Replays } from "./replays.ts";

interface Side extends Pick<LoginRow, "ending" | "result"> {
  readonly actions: readonly ActionView[];
}

interface ReplayView {
  readonly id: number;
  readonly login: number;
  readonly who: string;
  readonly former: Side;
  readonly replayed: Side;
  /** Of what the two come to. */
  readonly differences: readonly Difference[];
  /** Ids and names of Actions that ran with the code of the checkout: what they did can be kept as a test. */
  readonly savable: readonly { readonly id: string; readonly name: string }[];
  /** Whether the whole can be kept as a row of the rehearsal. */
  readonly isRow: boolean;
  /** Path of the test or row that was written a moment ago. */
  readonly saved: string;
}

/** A login and its replay side by side. */
export const createReplayPage = (replays: Replays): Page =>
  definePage({
    path: "/console/replays/:id",
    read({ tenant, param, query }): ReplayView {
      const { id, login, actions, result } = replays.get(param("id"));
      const again = { ...login, result };
      const describe = (seen: Replay["login"]): Side => {
        const { ending, result: text } = describeLogin(seen);
        return { ending, result: text, actions: describeActions(tenant.state, seen.run, seen.result) };
      };
      return {
        id,
        login: login.id,
        who: describeLogin(login).who,
        former: describe(login),
        replayed: describe(again),
        differences: compareRuns(login.result, result),
        savable: actions
          .slice(0, result.runs.length)
          .filter(isOfCheckout)
          .map(({ bound }) => ({ id: bound.actionId, name: bound.actionName })),
        isRow:
          login.run.trigger === "post-login" && login.run.transaction === undefined && isAllOfCheckout({ actions }),
        saved: query("saved"),
      };
    },
    render: (view, { token }) => ({
      title: `Replay of ${view.who}`,
      section: "/console/logins",
      content: html`${renderSaved(view)}<p class="facts"><a href="/console/logins/${view.login}">the login</a></p>
<section class="card" aria-label="What differs"><h2>What differs</h2>
${view.differences.length === 0 ? html`<p>Both come to the same.</p>` : renderDifferences(view.differences, ["Then", "Replayed"])}</section>
${renderSaving(view, token)}${renderRowSaving(view, token)}<div class="sides">
${renderSide("Then", view.former)}${renderSide("Replayed", view.replayed)}</div>
`,
    }),
  });

const renderSide = (name: string, { actions, ...ended }: Side): Markup => html`<section aria-label="${name}">
<p class="facts"><strong>${name}</strong>${renderResult(ended)}</p>
${renderActions(actions)}</section>
`;

const renderSaved = ({ saved }: ReplayView): Markup | "" =>
  saved === ""
    ? ""
    : html`<p class="banner good" role="status">Written: <code>${saved}</code>. Run it with <code>${saved.endsWith(".yaml") ? "npm run rehearse" : `npx jest ${saved}`}</code>.</p>\n`;

function renderSaving({ id, savable }: ReplayView, token: string): Markup | "" {
  if (savable.length === 0) return "";
  const options = savable.map((action) => html`<option value="${action.id}">${action.name}</option>`);
  return html`<section class="card"><h2>Keep it as a test</h2>
<p class="quiet">A unit test that gives the Action this event and expects what it did now.</p>
<form method="post" action="/console/replays/${id}/tests">
<input type="hidden" name="token" value="${token}">
<label for="action">Action</label>
<div class="together"><select id="action" name="action">${options}</select><button type="submit" class="second">Save the test</button></div>
</form></section>
`;
}

function renderRowSaving({ id, isRow }: ReplayView, token: string): Markup | "" {
  if (!isRow) return "";
  return html`<section class="card"><h2>Keep it for the rehearsal</h2>
<p class="quiet">Somebody with this profile logs in again at each <code>npm run rehearse</code>, and must come to the same.</p>
<form method="post" action="/console/replays/${id}/rows">
<input type="hidden" name="token" value="${token}">
<button type="submit" class="second">Save as a rehearsal row</button>
</form></section>
`;
}
