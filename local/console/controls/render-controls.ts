import { html } from "hono/html";
import type { Markup } from "../../http/html-page.ts";

/** By name: what a switch says, and how others feel it. */
export type FaultTable = Readonly<Record<string, { readonly label: string; readonly effect: string }>>;

interface FaultsCard {
  readonly title: string;
  /** Whose faults they are, as a sentence begins: `Stripe`. */
  readonly subject: string;
  readonly faults: FaultTable;
  /** Which is on. */
  readonly fault: string | null;
  /** While none is. */
  readonly none: string;
  /** Takes `fault`: a name, or `none`. */
  readonly action: string;
}

export const renderButton = (
  action: string,
  token: string,
  fields: Readonly<Record<string, string>>,
  button: Markup,
): Markup =>
  html`<form method="post" action="${action}"><input type="hidden" name="token" value="${token}">${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}${button}</form>\n`;

/** Switches, of which one is on at a time. */
export function renderFaults({ title, subject, faults, fault, none, action }: FaultsCard, token: string): Markup {
  const switches = Object.entries(faults).map(([name, { label }]) => {
    const isOn = name === fault;
    const button = html`<button type="submit" class="switch" aria-pressed="${isOn ? "true" : "false"}">${label}</button>`;
    return renderButton(action, token, { fault: isOn ? "none" : name }, button);
  });
  const effect = fault === null ? undefined : faults[fault]?.effect;
  const state =
    effect === undefined
      ? html`<p class="quiet">${none}</p>`
      : html`<p class="banner late" role="status">${subject} ${effect}.</p>`;
  return html`<section class="card" aria-label="${title}"><h2>${title}</h2>
${state}
<div class="together">${switches}</div></section>
`;
}

const STEPS = [
  [3_600, "an hour"],
  [86_400, "a day"],
  [31 * 86_400, "31 days"],
] as const;

interface ClockCard {
  /** Whose time it is: `Stripe`. */
  readonly subject: string;
  /** ISO 8601 */
  readonly now: string;
  /** What does not move with it. */
  readonly note: string;
  /** Takes `seconds`. */
  readonly action: string;
}

export const renderClock = (
  { subject, now, note, action }: ClockCard,
  token: string,
): Markup => html`<section class="card" aria-label="Clock"><h2>Clock</h2>
<p class="quiet">${subject}'s time is <time class="number" datetime="${now}">${now.slice(0, 16).replace("T", " ")} UTC</time>. ${note}</p>
<div class="together">${STEPS.map(([seconds, label]) => renderButton(action, token, { seconds: String(seconds) }, html`<button type="submit" class="second" aria-label="Forward by ${label}">+ ${label}</button>`))}</div></section>
`;
