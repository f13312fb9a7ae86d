import { diffLines } from "diff";
import { html } from "hono/html";
import type { Action } from "../../auth0/state/action.ts";
import type { Tenant } from "../../auth0/tenant.ts";
import type { Markup } from "../../http/html-page.ts";
import { renderTime } from "../runs/login-row.ts";
import { ConsoleError, definePage, type Visit } from "../serving/page.ts";
import {
  type ActionSummary,
  describeAction,
  describeVersions,
  findVersion,
  type VersionView,
} from "./describe-action.ts";
import { renderNames } from "./flows-page.ts";
import { highlight } from "./highlight.ts";

interface ActionView extends ActionSummary {
  readonly versions: readonly VersionView[];
  /** Of the version that is shown. */
  readonly shown: number;
  readonly code: string;
  /** Its lines and those of the version that it is compared with; absent where it is compared with none. */
  readonly comparison?: { readonly with: number; readonly parts: readonly DiffPart[] };
}

interface DiffPart {
  readonly change: "added" | "removed" | "same";
  readonly text: string;
}

/** An Action: its code, or that of `?version=`, or what is other in it than in `&with=`. */
export const actionPage = definePage({
  path: "/console/flows/:id",
  read: (visit) => readAction(visit),
  render: (view) => ({
    title: view.name,
    section: "/console/flows",
    content: html`<dl class="card">
<dt>Runtime</dt><dd>${view.runtime}</dd>
<dt>Size</dt><dd class="number">${view.bytes} bytes</dd>
<dt>Packages</dt><dd>${renderNames(view.dependencies)}</dd>
<dt>Secrets</dt><dd>${renderNames(view.secrets)}</dd>
</dl>
${renderVersions(view)}${renderCode(view)}`,
  }),
});

function readAction({ tenant, param, query }: Visit): ActionView {
  const action = tenant.state.actions.get(param("id"));
  if (action === undefined)
    throw new ConsoleError(404, "ACTION_UNKNOWN", `There is no Action with the id ${param("id")}.`);
  const versions = describeVersions(tenant, action);
  const live = versions.find(({ isLive }) => isLive)?.number ?? 0;
  const shown = query("version") === "" ? live : Number(query("version"));
  const code = shown === 0 ? action.draft.code : getCode(tenant, action, String(shown));
  const other = query("with");
  return {
    ...describeAction(tenant, action),
    versions,
    shown,
    code,
    ...(other !== "" && { comparison: { with: Number(other), parts: compare(getCode(tenant, action, other), code) } }),
  };
}

function getCode(tenant: Tenant, action: Action, number: string): string {
  const version = findVersion(tenant, action, number);
  if (version !== undefined) return version.code;
  throw new ConsoleError(404, "VERSION_UNKNOWN", `${action.name} has no version ${number}, or not any more.`);
}

const compare = (former: string, code: string): readonly DiffPart[] =>
  diffLines(former, code).map(({ added, removed, value }) => ({
    change: added ? "added" : removed ? "removed" : "same",
    text: value,
  }));

function renderVersions({ id, versions, shown, comparison }: ActionView): Markup | "" {
  if (versions.length === 0) return "";
  const options = (chosen: number): readonly Markup[] =>
    versions.map(
      ({ number, isLive }) =>
        html`<option value="${number}"${number === chosen ? html` selected` : ""}>version ${number}${isLive ? ", live" : ""}</option>`,
    );
  const former = comparison?.with ?? versions.find(({ number }) => number < shown)?.number ?? shown;
  const rows = versions.map(
    ({ number, deployedAt, bytes, isLive }) =>
      html`<tr><th scope="row"><a href="/console/flows/${id}?version=${number}"${number === shown ? html` aria-current="true"` : ""}>version ${number}</a></th><td>${isLive ? html`<span class="badge good">live</span>` : ""}</td><td class="number">${deployedAt.slice(0, 10)} ${renderTime(deployedAt)}</td><td class="number wide">${bytes} bytes</td></tr>\n`,
  );
  return html`<section class="card"><h2>Versions</h2>
<table>
<thead><tr><th scope="col">Version</th><th scope="col"><span class="unseen">State</span></th><th scope="col">Deployed</th><th scope="col" class="number wide">Size</th></tr></thead>
<tbody>
${rows}</tbody></table>
${versions.length < 2 ? "" : html`<form method="get" action="/console/flows/${id}"><div class="together"><label for="with">Compare</label><select id="with" name="with">${options(former)}</select><label for="version">with</label><select id="version" name="version">${options(shown)}</select><button type="submit" class="second">Compare</button></div></form>`}</section>
`;
}

const MARKS = { added: "+", removed: "−", same: " " } as const;

function renderCode({ code, comparison, shown }: ActionView): Markup {
  if (comparison === undefined)
    return html`<section><h2>${shown === 0 ? "Draft" : `Code of version ${shown}`}</h2>
<pre tabindex="0" role="region" aria-label="Code"><code>${highlight(code)}</code></pre></section>
`;
  const isSame = comparison.parts.every(({ change }) => change === "same");
  const lines = comparison.parts.flatMap(({ change, text }) =>
    text
      .replace(/\n$/, "")
      .split("\n")
      .map((line) => html`<span class="line ${change}">${MARKS[change]} ${line}\n</span>`),
  );
  return html`<section><h2>From version ${comparison.with} to version ${shown}</h2>
${isSame ? html`<p>Their code is the same.</p>` : ""}<pre tabindex="0" role="region" aria-label="Differences"><code>${lines}</code></pre></section>
`;
}
