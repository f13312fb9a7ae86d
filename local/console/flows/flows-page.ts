import { html } from "hono/html";
import { RUN_TRIGGERS } from "../../auth0/actions/handler.ts";
import type { Tenant } from "../../auth0/tenant.ts";
import type { Markup } from "../../http/html-page.ts";
import { definePage } from "../serving/page.ts";
import { type ActionSummary, describeAction } from "./describe-action.ts";

interface FlowsView {
  /** In the order in which they run. */
  readonly flows: readonly { readonly trigger: string; readonly actions: readonly ActionSummary[] }[];
  /** Nothing runs them. */
  readonly unbound: readonly ActionSummary[];
}

/** Which Actions run when. */
export const flowsPage = definePage({
  path: "/console/flows",
  read: ({ tenant }) => readFlows(tenant),
  render: ({ flows, unbound }) => ({
    title: "Flows",
    section: "/console/flows",
    content: html`<p class="quiet">The Actions that run under each trigger, in their order.</p>
${flows.length + unbound.length > 0 ? "" : html`<p class="empty">No Action is deployed yet: <code>npm run deploy</code>, or <code>npm run dev</code>.</p>`}
${flows.map(({ trigger, actions }) => renderFlow(trigger, actions))}${unbound.length === 0 ? "" : renderFlow("Bound to no trigger", unbound)}`,
  }),
});

function readFlows(tenant: Tenant): FlowsView {
  const { actions, triggerBindings } = tenant.state;
  const rank = (trigger: string): number => [...RUN_TRIGGERS, trigger].indexOf(trigger);
  const flows = triggerBindings
    .values()
    .filter(({ bindings }) => bindings.length > 0)
    .sort((one, other) => rank(one.trigger_id) - rank(other.trigger_id));
  const bound = new Set(flows.flatMap(({ bindings }) => bindings.map(({ action_id }) => action_id)));
  return {
    flows: flows.map(({ trigger_id, bindings }) => ({
      trigger: trigger_id,
      actions: bindings
        .flatMap(({ action_id }) => actions.get(action_id) ?? [])
        .map((action) => describeAction(tenant, action)),
    })),
    unbound: actions.filter(({ id }) => !bound.has(id)).map((action) => describeAction(tenant, action)),
  };
}

const renderFlow = (
  name: string,
  actions: readonly ActionSummary[],
): Markup => html`<section class="card table" aria-label="${name}">
<h2>${name}</h2>
<table>
<thead><tr><th scope="col">Action</th><th scope="col">Version</th><th scope="col" class="number wide">Bytes</th><th scope="col" class="wide">Packages</th><th scope="col" class="wide">Secrets</th></tr></thead>
<tbody>
${actions.map(renderRow)}</tbody>
</table>
</section>
`;

const renderRow = ({ id, name, version, bytes, dependencies, secrets }: ActionSummary): Markup => html`<tr>
<th scope="row"><a href="/console/flows/${id}">${name}</a></th>
<td class="number">${version ?? "not deployed"}</td>
<td class="number wide">${bytes}</td>
<td class="wide">${renderNames(dependencies)}</td>
<td class="wide">${renderNames(secrets)}</td>
</tr>
`;

export const renderNames = (names: readonly string[]): Markup =>
  names.length === 0
    ? html`<span class="quiet">none</span>`
    : html`${names.map((name) => html`<code class="name">${name}</code> `)}`;
