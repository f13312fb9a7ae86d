import type { Tenant } from "../../tenant.ts";
import type { RunTrigger } from "../handler.ts";
import type { BoundAction, EffectiveRole, RunRequest, RunResult } from "../runtime/protocol.ts";
import type { RuntimeProcess } from "../runtime/runtime-process.ts";
import type { ActionsSettings } from "../settings.ts";
import { type LiveAction, listLiveAction, listLiveActions } from "./bound-actions.ts";
import { type MapPlaces, mapFailures } from "./map-places.ts";
import type { TriggerCache } from "./trigger-cache.ts";

/** What the runs of one tenant have in common. */
export interface Pipeline {
  readonly tenant: Tenant;
  readonly runtime: RuntimeProcess;
  readonly cache: TriggerCache;
  readonly settings: ActionsSettings;
  /** For what went wrong in an Action. */
  readonly mapPlaces: MapPlaces;
  /** Is told of every run, with what came of it. */
  readonly onRun: (run: TriggerRun, result: RunResult) => void;
}

export interface TriggerRun {
  readonly trigger: RunTrigger;
  /** At least one. */
  readonly actions: readonly LiveAction[];
  readonly event: unknown;
  /** After a redirect or a factor. */
  readonly transaction?: unknown;
  readonly isAfterFactor?: boolean;
  readonly canAskFactors?: boolean;
  readonly roles: readonly EffectiveRole[];
}

/** Runs the Actions in their process. Cache writes stand, whatever becomes of the login. */
export async function runTrigger(pipeline: Pipeline, run: TriggerRun): Promise<RunResult> {
  const { cache, tenant } = pipeline;
  const records = cache.read(run.trigger, tenant.clock());
  const result = await execute(pipeline, run, records);
  const after = result.transaction as { readonly cache: typeof records } | undefined;
  if (after !== undefined) cache.merge(run.trigger, records, after.cache);
  pipeline.onRun(run, result);
  return result;
}

/**
 * Runs the same event again, through these Actions, or those that are live now. Nothing that they ask for is carried out, and nobody
 * is told; what they send to other hosts arrives there.
 */
export function replay(
  pipeline: Pipeline,
  run: TriggerRun,
  actions: readonly LiveAction[] = listLiveAgain(pipeline.tenant, run),
): Promise<RunResult> {
  const { cache, tenant } = pipeline;
  return execute(pipeline, { ...run, actions }, cache.read(run.trigger, tenant.clock()));
}

function listLiveAgain(tenant: Tenant, { actions: [begun], transaction, trigger }: TriggerRun): readonly LiveAction[] {
  const live =
    begun?.bound.bindingId === ""
      ? listLiveAction(tenant, trigger, begun.bound.actionId)
      : listLiveActions(tenant, trigger);
  // After a redirect the login goes on in the Action that redirected.
  const first = transaction === undefined ? 0 : live.findIndex(({ bound }) => isSame(bound, begun?.bound));
  return live.slice(Math.max(first, 0));
}

const isSame = ({ actionId }: BoundAction, other: BoundAction | undefined): boolean => actionId === other?.actionId;

async function execute(
  { mapPlaces, runtime, settings, tenant }: Pipeline,
  { actions, ...input }: TriggerRun,
  cache: RunRequest["cache"],
): Promise<RunResult> {
  const sources = actions.map(({ source }) => source);
  const result = await runtime.run(
    {
      ...input,
      settings,
      actions: actions.map(({ bound }) => bound),
      cache,
      clockOffset: tenant.clock() - Date.now(),
    },
    sources,
  );
  return mapFailures(result, sources, mapPlaces);
}
