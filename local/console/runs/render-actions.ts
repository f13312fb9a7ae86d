import { html } from "hono/html";
import type { Markup } from "../../http/html-page.ts";
import type { ActionView } from "./describe-actions.ts";
import { renderMilliseconds } from "./login-row.ts";
import type { Difference } from "./outline-run.ts";

/** A time line: an Action after the other, each with its part of the whole. */
export function renderActions(actions: readonly ActionView[]): Markup {
  const whole = actions.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return html`<ol class="timeline">
${actions.map((action) => renderAction(action, whole))}</ol>
`;
}

const EFFECTS: Readonly<Record<string, string>> = { none: "changed nothing" };
const TONES: Readonly<Record<string, string>> = { changed: "good", denied: "bad", failed: "bad", redirected: "late" };

function renderAction(action: ActionView, whole: number): Markup {
  const { id, name, version, effect, durationMs, changes, commands, console, requests, error } = action;
  const versionLink =
    version === undefined ? "" : html`<a href="/console/flows/${id}" class="quiet">version ${version}</a>`;
  return html`<li class="card">
<div class="head"><h2>${name}</h2>${versionLink}<span class="badge ${TONES[effect] ?? ""}">${EFFECTS[effect] ?? effect}</span><span class="number quiet">${renderMilliseconds(durationMs)}</span></div>
${renderBar(action, whole)}${error === undefined ? "" : renderError(error)}${changes.length === 0 ? renderCommands(commands) : renderChanges(changes)}${renderRequests(requests)}${console.length === 0 ? "" : html`<h3>Console</h3>\n${renderCode(console.join("\n"), `Console of ${name}`)}`}</li>
`;
}

/** Thousandths of the whole. */
const WIDTH = 1000;

function renderBar({ startedAfterMs, durationMs, requests }: ActionView, whole: number): Markup {
  const scale = (milliseconds: number): string => String(Math.round((milliseconds / (whole || 1)) * WIDTH));
  const waits = requests.map(
    (made) =>
      html`<rect class="wait" x="${scale(startedAfterMs + made.startedAfterMs)}" y="2" width="${scale(made.durationMs ?? 0)}" height="4"/>`,
  );
  return html`<svg class="bar" viewBox="0 0 ${WIDTH} 8" preserveAspectRatio="none" aria-hidden="true"><rect x="${scale(startedAfterMs)}" width="${Math.max(3, Number(scale(durationMs)))}" height="8"/>${waits}</svg>
`;
}

const renderError = ({
  message,
  stack,
  hint,
}: NonNullable<ActionView["error"]>): Markup => html`<p class="banner bad">${message}</p>
${hint === undefined ? "" : html`<p>${hint}</p>\n`}${stack === undefined ? "" : renderCode(stack, "Where it was thrown")}`;

/** What changes nothing that is compared: a factor, a cookie, what was so before. */
function renderCommands(commands: readonly string[]): Markup | "" {
  if (commands.length === 0) return "";
  return html`<h3>Asked for</h3>
<ul>${commands.map((command) => html`<li><code>${command}</code></li>`)}</ul>
`;
}

function renderChanges(changes: readonly Difference[]): Markup {
  return html`<h3>Changed</h3>
${renderDifferences(changes, ["Before", "After"])}`;
}

/** @param sides what the two columns are called */
export function renderDifferences(differences: readonly Difference[], [one, other]: readonly [string, string]): Markup {
  const rows = differences.map(
    ({ name, before, after }) =>
      html`<tr><th scope="row">${name}</th><td>${renderSide(before)}</td><td>${renderSide(after)}</td></tr>\n`,
  );
  return html`<table class="differences">
<thead><tr><th scope="col">What</th><th scope="col">${one}</th><th scope="col">${other}</th></tr></thead>
<tbody>
${rows}</tbody>
</table>
`;
}

const renderSide = (value: string | undefined): Markup =>
  value === undefined || value === "" ? html`<span class="quiet">none</span>` : html`<code>${value}</code>`;

function renderRequests(requests: ActionView["requests"]): Markup | "" {
  if (requests.length === 0) return "";
  const rows = requests.map(({ method, url, status, error, durationMs }) => {
    const answer = error ?? (status === undefined ? "no answer yet" : String(status));
    const isGood = status !== undefined && status < 400;
    const took = durationMs === undefined ? "" : renderMilliseconds(durationMs);
    return html`<tr><th scope="row"><code>${method} ${url}</code></th><td><span class="badge ${isGood ? "good" : "bad"}">${answer}</span></td><td class="number">${took}</td></tr>\n`;
  });
  return html`<h3>Requests</h3>
<table class="requests">
<thead><tr><th scope="col">Request</th><th scope="col">Answer</th><th scope="col" class="number">Took</th></tr></thead>
<tbody>
${rows}</tbody>
</table>
`;
}

/** What may be wider than the page scrolls, by keyboard too. */
export const renderCode = (text: string, label: string): Markup =>
  html`<pre tabindex="0" role="region" aria-label="${label}"><code>${text}</code></pre>\n`;
