import type { FieldChange } from "../../compare/compare-fields.ts";
import type { Desired, DesiredAction } from "../../plan/desired.ts";
import type { WriteOnly } from "../kind.ts";
import { refuseEntry } from "../refuse-entry.ts";
import type { ActionContent, LiveAction } from "./live.ts";
import { type DeployMarker, findChangedSecrets } from "./marker.ts";
import { pathOfAction } from "./path-of-action.ts";

/** Dates of secrets written by one request lie closer together than this. */
const SAME_WRITE_MS = 10_000;

type Secrets = NonNullable<DesiredAction["secrets"]>;

interface Present {
  readonly content: Pick<ActionContent, "secrets">;
  readonly draft: Pick<LiveAction["draft"], "secrets">;
}

/**
 * Names by what Auth0 lists, values by the digest in the marker, edits by hand by their date. Never a value. Auth0 takes all
 * secrets or none, so each that tenant.yaml names has to have its value once one of them is written.
 *
 * @throws {CommandError} SECRETS_NEEDED
 */
export function planSecrets(
  desired: Desired,
  action: DesiredAction,
  present: Present,
  marker: DeployMarker | undefined,
): readonly FieldChange[] {
  const { secrets } = action;
  if (secrets === undefined) return [];
  const names = compareNames(secrets, present.content.secrets);
  const fields = [
    ...names,
    ...(action.isVerbatim
      ? listAskedFor(desired, action, secrets)
      : compareValues(desired, secrets, present, marker, names.length > 0)),
  ];
  if (fields.length > 0) checkValues(desired, action);
  return fields;
}

/**
 * A secret without a value, as exports have it, is one that the tenant keeps as it is.
 *
 * @throws {CommandError} SECRETS_NEEDED
 */
export function checkValues(
  desired: Pick<Desired, "document" | "locate">,
  { name, secrets = [] }: DesiredAction,
): void {
  const missing = secrets.filter(({ value }) => value === undefined).map((secret) => secret.name);
  if (missing.length === 0) return;
  throw refuseEntry(
    desired,
    pathOfAction(desired, name, "secrets"),
    "SECRETS_NEEDED",
    `The secrets of ${name} are to be written, all of them, as Auth0 wants it; ${missing.join(", ")} has no value here. Give it one, as @@NAME@@.`,
  );
}

export function hasAllValues(action: DesiredAction): action is DesiredAction & {
  readonly secrets: readonly { readonly name: string; readonly value: string }[];
} {
  return action.secrets?.every(({ value }) => value !== undefined) === true;
}

/** Of an Action without a marker nobody can say whether the values differ; a marker tells, and they need no asking for. */
export function listWriteOnlySecrets({ actions }: Pick<Desired, "actions">): readonly WriteOnly[] {
  return actions.flatMap(({ name, isVerbatim, secrets = [] }) => {
    const paths = secrets.filter(({ value }) => value !== undefined).map((secret) => `secrets[${secret.name}]`);
    return isVerbatim && paths.length > 0 ? [{ name: `action:${name}`, paths, isCompared: false }] : [];
  });
}

const datesOf = (live: Present["content"]["secrets"]) =>
  new Map(live.map(({ name, updatedAt }) => [name, `set ${updatedAt}`] as const));

function compareNames(secrets: Secrets, live: Present["content"]["secrets"]): readonly FieldChange[] {
  const dates = datesOf(live);
  const wanted = new Set(secrets.map(({ name }) => name));
  const added = [...wanted].filter((name) => !dates.has(name));
  const removed = [...dates.keys()].filter((name) => !wanted.has(name));
  return [
    ...added.map((name) => ({ path: `secrets[${name}]`, before: undefined, after: "a value" })),
    ...removed.map((name) => ({ path: `secrets[${name}]`, before: dates.get(name), after: undefined })),
  ];
}

function listAskedFor({ writeSecrets }: Desired, { name }: DesiredAction, secrets: Secrets): readonly FieldChange[] {
  if (!writeSecrets.includes(`action:${name}`)) return [];
  return secrets.map((secret) => ({
    path: `secrets[${secret.name}]`,
    before: "a value",
    after: "a value of tenant.yaml",
    isWriteOnly: true,
  }));
}

function compareValues(
  desired: Desired,
  secrets: Secrets,
  { content, draft }: Present,
  marker: DeployMarker | undefined,
  hasOtherNames: boolean,
): readonly FieldChange[] {
  const dates = datesOf(content.secrets);
  const kept = new Set(secrets.filter(({ value }) => value === undefined).map(({ name }) => name));
  const wanted = secrets.map(({ name }) => name).filter((name) => !kept.has(name));
  const byHand = listEditedByHand(content.secrets, draft.secrets).filter((name) => wanted.includes(name));
  const digest = desired.digestSecrets(secrets);
  const isDigestOther = wanted.length > 0 && marker?.secrets !== digest;
  return [
    ...byHand.map((name) => ({
      path: `secrets[${name}]`,
      before: `${dates.get(name)}, apart from the others: edited by hand`,
      after: "our value",
    })),
    ...(isDigestOther && !hasOtherNames && byHand.length === 0
      ? (findChangedSecrets(
          marker?.secrets ?? "",
          digest,
          secrets.map(({ name }) => name),
        )
          ?.filter((name) => !kept.has(name))
          .map((name) => ({
            path: `secrets[${name}]`,
            before: `${dates.get(name)}, not our value`,
            after: "our value",
          })) ?? [
          { path: "secrets", before: `${content.secrets.length} values, by digest not ours`, after: "our values" },
        ])
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
