import type { Clock } from "../clock.ts";
import type { Journal } from "../state/journal.ts";
import { createId } from "./ids.ts";

/** What every resource builds on. */
export interface Account {
  readonly id: string;
  readonly clock: Clock;
  /** Each resource keeps its objects in a collection of its own. */
  readonly journal: Journal;
}

export function openAccount(journal: Journal, clock: Clock): Account {
  const accounts = journal.collection<{ id: string }>("account");
  const kept = accounts.get("self") ?? accounts.set("self", { id: createId("acct", 16) });
  return { id: kept.id, clock, journal };
}

/** Stripe's timestamps are whole seconds. */
export function readSeconds(clock: Clock): number {
  return Math.floor(clock() / 1000);
}
