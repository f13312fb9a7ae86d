import type { Directory } from "../api/directory.ts";
import type { EntryPoint, RunTrigger } from "../handler.ts";
import type { ActionsSettings } from "../settings.ts";
import type { Step } from "./step.ts";

interface ApiInput<Event, Transaction> {
  readonly event: Event;
  readonly transaction: Transaction;
  readonly isContinuing: boolean;
  readonly settings: ActionsSettings;
  readonly directory: Directory;
  readonly now: () => number;
}

/** What the runtime must know of a trigger. Another one is a file beside this and a line in table.ts. */
export interface TriggerDefinition<Event, Transaction, Effect extends { readonly type: string }> {
  readonly trigger: RunTrigger;
  readonly execute: EntryPoint<RunTrigger>;
  /** What is called after a redirect, where the trigger has redirects. */
  readonly resume?: EntryPoint<RunTrigger>;
  start(event: Event): Transaction;
  /** The next Action's own copy of the event, with what earlier ones changed. */
  nextEvent(event: Event, transaction: Transaction): Event;
  createApi(input: ApiInput<Event, Transaction>): { readonly api: unknown; readonly effects: Effect[] };
  planStep(effects: readonly Effect[], settings: ActionsSettings): Step;
  /** One line an effect, names and keys only: values may be personal data. */
  renderEffect(effect: Effect): string;
}
