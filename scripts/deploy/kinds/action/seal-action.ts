import type { Desired, DesiredAction } from "../../plan/desired.ts";
import type { LiveAction } from "./live.ts";
import { sealCode } from "./seal.ts";

/** An Action with the code that is sent: built, and sealed as the version it is to become. */
export interface SealedAction extends DesiredAction {
  readonly sealedCode: string;
}

export function sealAction(action: DesiredAction, desired: Desired, present: readonly LiveAction[]): SealedAction {
  const number = present.find(({ name }) => name === action.name)?.live?.number ?? 0;
  const seal = { owner: desired.owner, secrets: desired.digestSecrets(action.secrets), version: number + 1 };
  return { ...action, sealedCode: sealCode(action.code, seal) };
}
