import type { Tenant } from "../../tenant.ts";
import type { RunTrigger } from "../handler.ts";
import type { EffectiveRole, RunResult } from "../runtime/protocol.ts";
import type { RuntimeProcess } from "../runtime/runtime-process.ts";
import type { ActionsSettings } from "../settings.ts";
import type { LiveAction } from "./bound-actions.ts";
import type { TriggerCache } from "./trigger-cache.ts";

/** What the runs of one tenant have in common. */
export interface Pipeline {
  readonly tenant: Tenant;
  readonly runtime: RuntimeProcess;
  readonly cache: TriggerCache;
  readonly settings: ActionsSettings;
}

export interface TriggerRun {
  readonly trigger: RunTrigger;
  /** At least one. */
  readonly actions: readonly LiveAction[];
  readonly event: unknown;
  /** After a redirect. */
  readonly transaction?: unknown;
  readonly roles: readonly EffectiveRole[];
}

/** Runs the Actions in their process. Cache writes stand, whatever becomes of the login. */
export async function runTrigger(pipeline: Pipeline, run: TriggerRun): Promise<RunResult> {
  const { cache, runtime, settings, tenant } = pipeline;
  const { trigger, actions, ...input } = run;
  const records = cache.read(trigger, tenant.clock());
  const result = await runtime.run(
    {
      ...input,
      trigger,
      settings,
      actions: actions.map(({ bound }) => bound),
      cache: records,
      clockOffset: tenant.clock() - Date.now(),
    },
    actions.map(({ source }) => source),
  );
  const after = result.transaction as { readonly cache: typeof records } | undefined;
  if (after !== undefined) cache.merge(trigger, records, after.cache);
  return result;
}
