import { createTwoFilesPatch } from "diff";
import { compareFields, type FieldChange } from "../../compare/compare-fields.ts";
import type { Change } from "../../plan/change.ts";
import type { Desired, DesiredAction } from "../../plan/desired.ts";
import type { LiveAction } from "./live.ts";
import { type DeployMarker, splitMarker, stripMarker } from "./marker.ts";

/** Dates of secrets written by one request lie closer together than this. */
const SAME_WRITE_MS = 10_000;

/** Code, runtime, dependencies and secrets of each Action. What is compared is the version that runs at logins. */
export function planActions(desired: Desired, present: readonly LiveAction[]): readonly Change[] {
  return desired.actions.flatMap((action) => {
    const found = present.find((candidate) => candidate.name === action.name);
    return found === undefined ? [planNewAction(action)] : planAction(desired, action, found);
  });
}

/** Whether an earlier deploy of this project left its mark on it, even if tenant.yaml has it no longer. */
export function isOurs({ live, draft }: LiveAction, { owner }: Pick<Desired, "owner">): boolean {
  return splitMarker(live?.code ?? draft.code).marker?.owner === owner;
}

function planNewAction(action: DesiredAction): Change {
  return {
    operation: "create",
    type: "action",
    name: action.name,
    fields: [
      ...(action.runtime === undefined ? [] : [{ path: "runtime", before: undefined, after: action.runtime }]),
      ...(action.dependencies ?? []).map(({ name, version }) => ({
        path: `dependencies[${name}]`,
        before: undefined,
        after: version,
      })),
      ...(action.secrets ?? []).map(({ name }) => ({ path: `secrets[${name}]`, before: undefined, after: "a value" })),
      { path: "code", before: undefined, after: `${Buffer.byteLength(action.code)} bytes` },
    ],
  };
}

function planAction(desired: Desired, action: DesiredAction, present: LiveAction): readonly Change[] {
  const { live } = present;
  if (live === undefined) {
    const fields = [{ path: "deployed", before: "never", after: "version 1" }];
    return [{ operation: "update", type: "action", name: action.name, id: present.id, fields, patch: {} }];
  }
  const { marker } = splitMarker(live.code);
  const [before, after] = [stripMarker(live.code), stripMarker(action.code)];
  const fields = [
    ...(action.runtime === undefined ? [] : compareFields({ runtime: action.runtime }, { runtime: live.runtime })),
    ...compareDependencies(action, live.dependencies),
    ...compareSecrets(desired, action, present, marker),
    ...compareDraft(present),
    ...(marker?.owner === desired.owner
      ? []
      : [{ path: "deployed by", before: marker?.owner ?? "somebody else", after: desired.owner }]),
    ...(marker !== undefined && marker.version !== live.number
      ? [{ path: "version", before: `${live.number}, not deployed from here`, after: "deployed anew" }]
      : []),
  ];
  if (before === after && fields.length === 0) return [];
  return [
    {
      operation: "update",
      type: "action",
      name: action.name,
      id: present.id,
      fields,
      patch: {},
      ...(before !== after && { codeDiff: renderDiff(action.name, before, after) }),
    },
  ];
}

function compareDependencies(
  { dependencies }: DesiredAction,
  live: readonly { readonly name: string; readonly version: string }[],
): readonly FieldChange[] {
  if (dependencies === undefined) return [];
  const byName = (list: readonly { readonly name: string; readonly version: string }[]) =>
    new Map(list.map(({ name, version }) => [name, version] as const));
  const [wanted, present] = [byName(dependencies), byName(live)];
  return [...new Set([...wanted.keys(), ...present.keys()])]
    .filter((name) => wanted.get(name) !== present.get(name))
    .map((name) => ({ path: `dependencies[${name}]`, before: present.get(name), after: wanted.get(name) }));
}

/** Names by what Auth0 lists, values by the digest in the marker, edits by hand by their date. Never a value. */
function compareSecrets(
  desired: Desired,
  { secrets }: DesiredAction,
  present: LiveAction,
  marker: DeployMarker | undefined,
): readonly FieldChange[] {
  if (secrets === undefined) return [];
  const live = present.live?.secrets ?? [];
  const dates = new Map(live.map(({ name, updatedAt }) => [name, updatedAt] as const));
  const wanted = new Set(secrets.map(({ name }) => name));
  const added = [...wanted].filter((name) => !dates.has(name));
  const removed = [...dates.keys()].filter((name) => !wanted.has(name));
  const byHand = listEditedByHand(live, present.draft.secrets).filter((name) => wanted.has(name));
  const isDigestOther = wanted.size > 0 && marker?.secrets !== desired.digestSecrets(secrets);
  const set = (name: string) => `set ${dates.get(name)}`;
  return [
    ...added.map((name) => ({ path: `secrets[${name}]`, before: undefined, after: "a value" })),
    ...removed.map((name) => ({ path: `secrets[${name}]`, before: set(name), after: undefined })),
    ...byHand.map((name) => ({
      path: `secrets[${name}]`,
      before: `${set(name)}, apart from the others: edited by hand`,
      after: "our value",
    })),
    ...(isDigestOther && added.length + removed.length + byHand.length === 0
      ? [{ path: "secrets", before: `${live.length} values, by digest not ours`, after: "our values" }]
      : []),
  ];
}

/** One deploy writes all secrets at once: those that are younger than the oldest were set by somebody else. */
function listEditedByHand(
  live: readonly { readonly name: string; readonly updatedAt: string }[],
  draft: readonly { readonly name: string; readonly updatedAt: string }[],
): readonly string[] {
  const times = new Map<string, number>();
  for (const { name, updatedAt } of [...live, ...draft]) {
    times.set(name, Math.max(times.get(name) ?? 0, Date.parse(updatedAt)));
  }
  const oldest = Math.min(...live.map(({ updatedAt }) => Date.parse(updatedAt)));
  return [...times].filter(([, time]) => time - oldest > SAME_WRITE_MS).map(([name]) => name);
}

/** A draft that differs from what runs goes live at somebody's next deploy by hand. */
function compareDraft({ draft, live }: LiveAction): readonly FieldChange[] {
  if (live === undefined) return [];
  const isSame =
    draft.code === live.code &&
    draft.runtime === live.runtime &&
    compareFields({ dependencies: draft.dependencies }, { dependencies: live.dependencies }).length === 0;
  return isSame ? [] : [{ path: "draft", before: "differs from the deployed version", after: "as deployed" }];
}

function renderDiff(name: string, before: string, after: string): string {
  const patch = createTwoFilesPatch(`live/${name}.js`, `dist/actions/${name}.js`, before, after, "", "", {
    context: 3,
  });
  return patch.replace(/^=+\n/, "");
}
