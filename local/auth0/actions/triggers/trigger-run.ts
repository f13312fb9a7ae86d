import type { CacheRecord } from "../api/cache.ts";
import type { Directory } from "../api/directory.ts";
import { copyData } from "../event/copy-data.ts";
import type { EntryPoint, RunTrigger } from "../handler.ts";
import type { ActionsSettings } from "../settings.ts";
import type { TriggerDefinition } from "./definition.ts";
import type { Step } from "./step.ts";

export interface RunInput {
  readonly event: unknown;
  /** After a redirect: what had been asked for. */
  readonly transaction?: unknown;
  readonly cache: ReadonlyMap<string, CacheRecord>;
  readonly settings: ActionsSettings;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** A run of Actions, whatever the trigger: who runs them need not know its types. */
export interface TriggerRun {
  readonly trigger: RunTrigger;
  readonly execute: EntryPoint<RunTrigger>;
  /** What is called after a redirect. */
  readonly resume: EntryPoint<RunTrigger>;
  /** What finished Actions have asked for. */
  readonly transaction: object;
  beginTurn(turn: { readonly secrets: object; readonly isContinuing: boolean; readonly directory: Directory }): Turn;
}

/** One Action's turn. What a callback asks for after it, and what a failed Action asked for, is lost. */
interface Turn {
  readonly event: object;
  readonly api: unknown;
  readonly effects: readonly unknown[];
  planStep(): Step;
  /** One line an effect, names and keys only. */
  renderEffects(): readonly string[];
  /** The Action has finished: what it asked for counts. */
  keep(): void;
}

/** `given`: the tenant made event and transaction for this very trigger, so here they get their types back. */
export function startTriggerRun<
  Event extends object,
  Transaction extends { cache: Map<string, CacheRecord> },
  Effect extends { readonly type: string },
>(definition: TriggerDefinition<Event, Transaction, Effect>, given: RunInput): TriggerRun {
  const { trigger, execute, resume = execute } = definition;
  const { now, settings } = given;
  const first = given.event as Event;
  const begun = (given.transaction as Transaction | undefined) ?? definition.start(first);
  let kept: Transaction = { ...begun, cache: new Map(given.cache) };

  return {
    trigger,
    execute,
    resume,
    get transaction() {
      return kept;
    },
    beginTurn({ secrets, isContinuing, directory }) {
      // The cache alone is shared: what an Action puts there stays, whatever becomes of it.
      const transaction = { ...copyData({ ...kept, cache: new Map() }), cache: kept.cache };
      const event = { ...definition.nextEvent(first, transaction), secrets: { ...secrets }, configuration: {} };
      const { api, effects } = definition.createApi({ event, transaction, isContinuing, settings, directory, now });
      return {
        event,
        api,
        effects,
        planStep: () => definition.planStep(effects, settings),
        renderEffects: () => effects.map((effect) => definition.renderEffect(effect)),
        keep() {
          kept = transaction;
        },
      };
    },
  };
}
