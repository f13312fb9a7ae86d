import type { Desired, DesiredAction } from "../../plan/desired.ts";
import type { LiveAction } from "./live.ts";
import { markCode, splitMarker } from "./marker.ts";

/** An Action with the code that is sent: as it is, or built, and marked as the version it is to become. */
export interface MarkedAction extends DesiredAction {
  readonly markedCode: string;
}

export function markAction(action: DesiredAction, desired: Desired, present: readonly LiveAction[]): MarkedAction {
  if (action.isVerbatim) return { ...action, markedCode: action.code };
  const found = present.find(({ name }) => name === action.name);
  const former = splitMarker(found?.live?.code ?? found?.draft.code ?? "").marker?.secrets ?? "";
  const secrets = action.secrets === undefined ? former : desired.digestSecrets(action.secrets);
  const marker = { owner: desired.owner, secrets, version: (found?.live?.number ?? 0) + 1 };
  return { ...action, markedCode: markCode(action.code, marker) };
}
