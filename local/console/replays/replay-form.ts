import { html } from "hono/html";
import type { LiveAction } from "../../auth0/actions/pipeline/bound-actions.ts";
import type { Tenant } from "../../auth0/tenant.ts";
import type { Markup } from "../../http/html-page.ts";
import type { RunRecorder } from "../runs/recorder.ts";
import { ConsoleError, type Form } from "../serving/page.ts";
import type { Checkout } from "./checkout.ts";
import { bindChoice, CHECKOUT, type Choice, listChoices, THEN } from "./choose-code.ts";
import type { Replays } from "./replays.ts";

export interface ReplayChoice {
  readonly actionId: string;
  readonly name: string;
  readonly choices: readonly Choice[];
}

export const listReplayChoices = (
  tenant: Tenant,
  actions: readonly LiveAction[],
  hasCheckout: boolean,
): readonly ReplayChoice[] =>
  actions.map((action) => ({
    actionId: action.bound.actionId,
    name: action.bound.actionName,
    choices: listChoices(tenant, action, hasCheckout),
  }));

const fieldOf = (actionId: string): string => `code.${actionId}`;

export function renderReplayForm(loginId: number, actions: readonly ReplayChoice[], token: string): Markup {
  const fields = actions.map(
    ({ actionId, name, choices }) => html`<div><label for="${fieldOf(actionId)}">${name}</label>
<select id="${fieldOf(actionId)}" name="${fieldOf(actionId)}">${choices.map(({ value, label }) => html`<option value="${value}">${label}</option>`)}</select></div>
`,
  );
  return html`<section class="card"><h2>Replay</h2>
<p class="quiet">The same event again, with other code. Nothing that the Actions ask for is carried out; requests that they make arrive.</p>
<form method="post" action="/console/logins/${loginId}/replays">
<input type="hidden" name="token" value="${token}">
<div class="fields">${fields}</div>
<button type="submit">Replay</button>
</form></section>
`;
}

/** `code.<action id>` says which code that Action runs with, `code` which one the others do. */
export const createReplayForm = (runs: RunRecorder, replays: Replays, checkout: Checkout | undefined): Form => ({
  path: "/console/logins/:id/replays",
  async apply({ tenant, param }, fields) {
    const login = runs.get(param("id"));
    const choices = login.run.actions.map(
      ({ bound }) => fields.get(fieldOf(bound.actionId)) ?? fields.get("code") ?? THEN,
    );
    const built = choices.includes(CHECKOUT) ? await buildCheckout(checkout) : undefined;
    const actions = login.run.actions.map((action, index) => bindChoice(tenant, action, choices[index] ?? THEN, built));
    const result = await tenant.actions.replay(login.run, actions);
    const { id } = replays.add({ login, actions, result });
    return { location: `/console/replays/${id}`, view: { id } };
  },
});

async function buildCheckout(checkout: Checkout | undefined) {
  if (checkout === undefined)
    throw new ConsoleError(400, "CODE_UNKNOWN", "This tenant was not started from a checkout.");
  return asked(() => checkout.build());
}

/** What the checkout refuses is said to whoever asked. */
export async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (!(error instanceof Error) || typeof code !== "string") throw error;
    throw new ConsoleError(422, code, error.message);
  }
}
