import { compareDraft } from "../deploy/kinds/action/compare-content.ts";
import type { TenantDocument } from "../tenant/document.ts";
import { isMapping } from "../tenant/shape.ts";
import { type Entry, labelOf } from "./entry.ts";
import type { Source } from "./read/source.ts";

export interface LeaveOutContext {
  readonly source: Source;
  /** Of the project, as far as its keywords have values. */
  readonly present: TenantDocument;
  /** The client that reads and deploys. */
  readonly deployingClient: string | undefined;
  readonly all: readonly Entry[];
  /** Actions that the build refuses, by their names, and why. */
  readonly unbuildable: ReadonlyMap<string, string>;
}

/** Why an entry cannot be adopted, whatever is in it; undefined when it can. */
export function findReason(entry: Entry, context: LeaveOutContext): string | undefined {
  const label = labelOf(entry);
  if (context.all.filter((other) => labelOf(other) === label).length > 1) {
    return `there are several ${entry.kind.section} that are called so, and tenant.yaml tells them apart by their names: rename them, then adopt again`;
  }
  return RULES.map((rule) => rule(entry, context)).find((reason) => reason !== undefined);
}

type Rule = (entry: Entry, context: LeaveOutContext) => string | undefined;

/** Whoever deploys a copy of it elsewhere would make a second client that may do everything. */
const isDeployingClient: Rule = ({ kind, name, value }, { source, deployingClient }) => {
  if (source.live === undefined || deployingClient === undefined) return undefined;
  const client = source.live.client.find(({ id }) => id === deployingClient)?.name ?? deployingClient;
  const isIt = kind.type === "client" ? name === client : isGrantOf(kind.type, value, [client, deployingClient]);
  return isIt ? "it is what adopts and deploys: keep it out of what it deploys" : undefined;
};

const isGrantOf = (type: string, value: unknown, names: readonly string[]): boolean =>
  type === "client-grant" && isMapping(value) && names.includes(String(value.client_id));

const hasOtherDraft: Rule = ({ kind, name }, { source }) => {
  const live = kind.type === "action" ? source.live?.action.find((action) => action.name === name) : undefined;
  return live === undefined || compareDraft(live).length === 0
    ? undefined
    : "its draft differs from what is deployed, and the next deploy would overwrite it: deploy the draft in the dashboard, or take it back, then adopt again";
};

/** An export has drafts only, and says of an Action whether the draft is what is deployed. */
const mayHaveOtherDraft: Rule = ({ kind, name, value }, { source }) => {
  if (source.live !== undefined || kind.type !== "action" || !isMapping(value) || value.deployed !== false)
    return undefined;
  return listBound(source.sections.triggers).includes(name)
    ? "the export has its draft, which is not what is deployed: deploy it in the dashboard, export and adopt again"
    : undefined;
};

/** It would be taken out of the flow: an Action of tenant.yaml runs where tenant.yaml binds it. */
const isBoundBesideOurs: Rule = ({ kind, name }, { source, present }) => {
  if (kind.type !== "action") return undefined;
  const triggers = Object.entries(present.triggers ?? {}).filter(([trigger, bindings]) => {
    const bound = listBound({
      [trigger]: isMapping(source.sections.triggers) ? source.sections.triggers[trigger] : [],
    });
    return bound.includes(name) && !bindings.some(({ action_name }) => action_name === name);
  });
  const [trigger] = triggers.map(([id]) => id);
  return trigger === undefined
    ? undefined
    : `it is bound to ${trigger}, whose order tenant.yaml has without it: the next deploy would unbind it. Add it there, then adopt again`;
};

/** The same of a client: a database of tenant.yaml is enabled for the clients of tenant.yaml that it names. */
const isEnabledBesideOurs: Rule = ({ kind, name }, { source, present }) => {
  if (kind.type !== "client" || !Array.isArray(source.sections.databases)) return undefined;
  const databases = source.sections.databases.filter(isMapping).filter((database) => {
    const ours = present.databases?.find((other) => other.name === database.name)?.enabled_clients;
    return ours !== undefined && !ours.includes(name) && listTexts(database.enabled_clients).includes(name);
  });
  const [database] = databases.map((found) => String(found.name));
  return database === undefined
    ? undefined
    : `it may use the database ${database}, whose enabled_clients tenant.yaml has without it: the next deploy would switch it off. Add it there, then adopt again`;
};

const bindsNothing: Rule = ({ kind, value }) =>
  kind.type === "flow" && Array.isArray(value) && value.length === 0 ? "none of its Actions was adopted" : undefined;

const isRefusedByBuild: Rule = ({ kind, name }, { unbuildable }) => {
  const reason = kind.type === "action" ? unbuildable.get(name) : undefined;
  return reason === undefined ? undefined : `the build refuses it, and no plan could be made: ${reason}`;
};

const RULES: readonly Rule[] = [
  isRefusedByBuild,
  bindsNothing,
  isDeployingClient,
  hasOtherDraft,
  mayHaveOtherDraft,
  isBoundBesideOurs,
  isEnabledBesideOurs,
];

const listTexts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];

/** Names of the Actions that a section of triggers binds. */
function listBound(triggers: unknown): readonly string[] {
  if (!isMapping(triggers)) return [];
  return Object.values(triggers).flatMap((bindings) =>
    Array.isArray(bindings) ? bindings.filter(isMapping).map(({ action_name }) => String(action_name)) : [],
  );
}
