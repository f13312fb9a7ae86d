import { html } from "hono/html";
import type { RunRecorder, SeenRun } from "../runs/recorder.ts";
import { ConsoleError, definePage, type Page } from "../serving/page.ts";
import { type ActionView, describeActions } from "./describe-actions.ts";
import { describeLogin, type LoginRow, renderMilliseconds, renderResult, renderTime } from "./login-row.ts";
import { renderActions, renderCode } from "./render-actions.ts";

interface LoginView extends LoginRow {
  readonly actions: readonly ActionView[];
  /** What the first Action was given, without secrets. */
  readonly event: unknown;
}

/** A login opened up. */
export const createLoginPage = (runs: RunRecorder): Page =>
  definePage({
    path: "/console/logins/:id",
    read({ tenant, param }): LoginView {
      const seen = getLogin(runs, param("id"));
      const actions = describeActions(tenant.state, seen.run, seen.result);
      return { ...describeLogin(seen), actions, event: seen.run.event };
    },
    render: ({ actions, event, ...login }) => ({
      title: login.who,
      section: "/console/logins",
      content: html`<p class="facts">${renderResult(login)}<span>${login.client}</span><span>${login.trigger}</span><span class="number">${renderTime(login.at)}</span><span class="number">${renderMilliseconds(login.durationMs)}</span></p>
${renderActions(actions)}<details class="card"><summary>The event</summary>
${renderCode(JSON.stringify(event, null, 2), "The event")}</details>
`,
    }),
  });

/** @throws {ConsoleError} LOGIN_NOT_KEPT */
function getLogin(runs: RunRecorder, id: string): SeenRun {
  const seen = runs.find(Number(id));
  if (seen !== undefined) return seen;
  const message = `There is no login ${id}: the last ${runs.capacity} since the tenant was started are kept.`;
  throw new ConsoleError(404, "LOGIN_NOT_KEPT", message);
}
