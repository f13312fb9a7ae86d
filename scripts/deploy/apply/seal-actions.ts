import type { LiveTenant } from "../live/live-tenant.ts";
import type { Desired, DesiredAction } from "../plan/desired.ts";
import { sealCode } from "../seal.ts";

/** An Action with the code that is sent: built, and sealed as the version it is to become. */
export interface SealedAction extends DesiredAction {
  readonly sealedCode: string;
}

export function sealAction(action: DesiredAction, desired: Desired, live: LiveTenant): SealedAction {
  const number = live.actions.find(({ name }) => name === action.name)?.live?.number ?? 0;
  const seal = { owner: desired.owner, secrets: desired.digestSecrets(action.secrets), version: number + 1 };
  return { ...action, sealedCode: sealCode(action.code, seal) };
}
