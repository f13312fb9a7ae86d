import type { FieldChange } from "../../compare/compare-fields.ts";
import type { Desired, DesiredAction } from "../../plan/desired.ts";
import type { ActionContent, LiveAction } from "./live.ts";
import { type DeployMarker, findChangedSecrets } from "./marker.ts";

/** Dates of secrets written by one request lie closer together than this. */
const SAME_WRITE_MS = 10_000;

/** Names by what Auth0 lists, values by the digest in the marker, edits by hand by their date. Never a value. */
export function compareSecrets(
  desired: Desired,
  { secrets }: DesiredAction,
  { content, draft }: { readonly content: ActionContent; readonly draft: LiveAction["draft"] },
  marker: DeployMarker | undefined,
): readonly FieldChange[] {
  if (secrets === undefined) return [];
  const live = content.secrets;
  const dates = new Map(live.map(({ name, updatedAt }) => [name, updatedAt] as const));
  const wanted = new Set(secrets.map(({ name }) => name));
  const added = [...wanted].filter((name) => !dates.has(name));
  const removed = [...dates.keys()].filter((name) => !wanted.has(name));
  const byHand = listEditedByHand(live, draft.secrets).filter((name) => wanted.has(name));
  const digest = desired.digestSecrets(secrets);
  const isDigestOther = wanted.size > 0 && marker?.secrets !== digest;
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
      ? (findChangedSecrets(marker?.secrets ?? "", digest, [...wanted])?.map((name) => ({
          path: `secrets[${name}]`,
          before: `${set(name)}, not our value`,
          after: "our value",
        })) ?? [{ path: "secrets", before: `${live.length} values, by digest not ours`, after: "our values" }])
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
