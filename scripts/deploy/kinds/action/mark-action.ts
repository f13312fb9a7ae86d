import type { Desired, DesiredAction } from "../../plan/desired.ts";
import type { LiveAction } from "./live.ts";
import { markCode } from "./marker.ts";

/** An Action with the code that is sent: built, and marked as the version it is to become. */
export interface MarkedAction extends DesiredAction {
  readonly markedCode: string;
}

export function markAction(action: DesiredAction, desired: Desired, present: readonly LiveAction[]): MarkedAction {
  const number = present.find(({ name }) => name === action.name)?.live?.number ?? 0;
  const marker = { owner: desired.owner, secrets: desired.digestSecrets(action.secrets), version: number + 1 };
  return { ...action, markedCode: markCode(action.code, marker) };
}
