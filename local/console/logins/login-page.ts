import { html } from "hono/html";
import { listReplayChoices, type ReplayChoice, renderReplayForm } from "../replays/replay-form.ts";
import { type ActionView, describeActions } from "../runs/describe-actions.ts";
import { describeLogin, type LoginRow, renderMilliseconds, renderResult, renderTime } from "../runs/login-row.ts";
import type { RunRecorder } from "../runs/recorder.ts";
import { renderActions, renderCode } from "../runs/render-actions.ts";
import { definePage, type Page } from "../serving/page.ts";

interface LoginView extends LoginRow {
  readonly actions: readonly ActionView[];
  /** What the first Action was given, without secrets. */
  readonly event: unknown;
  /** What each Action can run with again. */
  readonly replay: readonly ReplayChoice[];
}

/** A login opened up. */
export const createLoginPage = (runs: RunRecorder, hasCheckout: boolean): Page =>
  definePage({
    path: "/console/logins/:id",
    read({ tenant, param }): LoginView {
      const seen = runs.get(param("id"));
      return {
        ...describeLogin(seen),
        actions: describeActions(tenant.state, seen.run, seen.result),
        event: seen.run.event,
        replay: listReplayChoices(tenant, seen.run.actions, hasCheckout),
      };
    },
    render: ({ actions, event, replay, ...login }, { token }) => ({
      title: login.who,
      section: "/console/logins",
      content: html`<p class="facts">${renderResult(login)}<span>${login.client}</span><span>${login.trigger}</span><span class="number">${renderTime(login.at)}</span><span class="number">${renderMilliseconds(login.durationMs)}</span></p>
${renderActions(actions)}${renderReplayForm(login.id, replay, token)}<details class="card"><summary>The event</summary>
${renderCode(JSON.stringify(event, null, 2), "The event")}</details>
`,
    }),
  });
