import { compareFields } from "../../compare/compare-fields.ts";
import type { Change, Update } from "../../plan/change.ts";
import type { Desired, DesiredAction } from "../../plan/desired.ts";
import { tryAll, tryEach } from "../refuse-entry.ts";
import { checkModules } from "./check-modules.ts";
import { checkRuntime } from "./check-runtime.ts";
import { checkTriggers } from "./check-triggers.ts";
import { compareDependencies, compareDraft, compareTriggers } from "./compare-content.ts";
import type { LiveAction } from "./live.ts";
import { splitMarker, stripMarker } from "./marker.ts";
import { checkValues, planSecrets } from "./plan-secrets.ts";
import { renderCodeDiff } from "./render-diff.ts";

/**
 * Code, runtime, dependencies, secrets and trigger of each Action. What is compared is the version that runs at logins; of an
 * Action that is not to be deployed, its draft.
 *
 * @throws {CommandError} ACTION_MODULES_DIFFER, ACTION_RUNTIME_RETIRED, ACTION_TRIGGER_CHANGED, SECRETS_NEEDED
 */
export function planActions(desired: Desired, present: readonly LiveAction[]): readonly Change[] {
  return tryEach(desired.actions, (action) => {
    const found = present.find((candidate) => candidate.name === action.name);
    tryAll(
      () => checkRuntime(desired, action, found),
      () => checkModules(desired, action, found),
      () => found !== undefined && checkTriggers(desired, action, found),
    );
    return found === undefined ? [planNewAction(desired, action)] : planAction(desired, action, found);
  }).flat();
}

/** Whether an earlier deploy of this project left its mark on it, even if tenant.yaml has it no longer. */
export function isOurs({ live, draft }: LiveAction, { owner }: Pick<Desired, "owner">): boolean {
  return splitMarker(live?.code ?? draft.code).marker?.owner === owner;
}

function planNewAction(desired: Desired, action: DesiredAction): Change {
  checkValues(desired, action);
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
      ...(action.deployed === false ? [{ path: "deployed", before: undefined, after: "stays a draft" }] : []),
    ],
  };
}

function planAction(desired: Desired, action: DesiredAction, present: LiveAction): readonly Change[] {
  const { live, draft, id, triggers } = present;
  const content = action.deployed === false ? draft : live;
  const describe = (fields: Update["fields"], codeDiff?: string): Change => ({
    operation: "update",
    type: "action",
    name: action.name,
    id,
    fields,
    patch: {},
    ...(codeDiff !== undefined && { codeDiff }),
  });
  if (content === undefined) {
    checkValues(desired, action);
    return [describe([{ path: "deployed", before: "never", after: "version 1" }])];
  }
  const marker = action.isVerbatim ? undefined : splitMarker(content.code).marker;
  const [before, after] = action.isVerbatim
    ? [content.code, action.code]
    : [stripMarker(content.code), stripMarker(action.code)];
  const fields = [
    ...(action.runtime === undefined ? [] : compareFields({ runtime: action.runtime }, { runtime: content.runtime })),
    ...compareDependencies(action, content.dependencies),
    ...planSecrets(desired, action, { content, draft }, marker),
    ...compareTriggers(action, triggers),
    ...(action.isVerbatim || marker?.owner === desired.owner
      ? []
      : [{ path: "deployed by", before: marker?.owner ?? "somebody else", after: desired.owner }]),
    ...(content === live ? compareVersion(present, marker?.version) : []),
  ];
  if (before === after && fields.length === 0) return [];
  return [describe(fields, before === after ? undefined : renderCodeDiff(action, before, after))];
}

/** What only a deployed Action has: a draft beside it, and a number that is ours. */
function compareVersion(present: LiveAction, marked: number | undefined): Update["fields"] {
  const number = present.live?.number;
  return [
    ...compareDraft(present),
    ...(marked === undefined || marked === number
      ? []
      : [{ path: "version", before: `${number}, not deployed from here`, after: "deployed anew" }]),
  ];
}
