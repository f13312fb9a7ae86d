import { html } from "hono/html";
import { isoTime } from "../../auth0/timestamps.ts";
import type { Markup } from "../../http/html-page.ts";
import { describeSubject } from "./describe-subject.ts";
import { renderEnding } from "./outline-run.ts";
import type { SeenRun } from "./recorder.ts";

export interface LoginRow {
  readonly id: number;
  /** When its last Action ended, ISO 8601, the tenant's clock; empty if none began. */
  readonly at: string;
  readonly who: string;
  readonly client: string;
  readonly trigger: string;
  readonly ending: "completed" | "denied" | "redirected" | "failed";
  /** The ending in words, with its reason. */
  readonly result: string;
  /** Of its Actions together. */
  readonly durationMs: number;
}

export function describeLogin({ id, run, result }: SeenRun): LoginRow {
  const { who = "—", client = "—" } = describeSubject(run);
  const endedAt = result.runs.at(-1)?.endedAt;
  return {
    id,
    at: endedAt === undefined ? "" : isoTime(endedAt),
    who,
    client,
    trigger: run.trigger,
    ending: nameEnding(result.ending),
    result: renderEnding(result.ending),
    durationMs: result.runs.reduce((sum, { durationMs }) => sum + durationMs, 0),
  };
}

function nameEnding(ending: SeenRun["result"]["ending"]): LoginRow["ending"] {
  if (ending.kind !== "stopped") return ending.kind;
  return ending.step.type === "redirect" ? "redirected" : "denied";
}

const TONES = { completed: "good", denied: "bad", failed: "bad", redirected: "late" } as const;

export const renderResult = ({ ending, result }: Pick<LoginRow, "ending" | "result">): Markup =>
  html`<span class="badge ${TONES[ending]}">${result}</span>`;

export const renderMilliseconds = (milliseconds: number): string => `${milliseconds.toFixed(1)} ms`;

/** As clocks here show it. */
export const renderTime = (at: string): Markup =>
  html`<time datetime="${at}">${new Date(at).toTimeString().slice(0, 8)}</time>`;

export function renderLoginRow({ at, id, who, client, trigger, durationMs, ...ended }: LoginRow): Markup {
  return html`<tr>
<td class="number">${renderTime(at)}</td>
<th scope="row"><a href="/console/logins/${id}">${who}</a><span class="quiet">${client}</span></th>
<td class="wide quiet">${trigger}</td>
<td>${renderResult(ended)}</td>
<td class="number wide">${renderMilliseconds(durationMs)}</td>
</tr>
`;
}
