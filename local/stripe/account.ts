import type Stripe from "stripe";
import type { Clock } from "../clock.ts";
import type { Journal } from "../state/journal.ts";
import { createId } from "./ids.ts";
import type { Publisher } from "./webhooks/publish.ts";

/** Tells whoever registered a webhook. `before`: the object as it was, of which the event says what has changed. */
export type Publish = (type: Stripe.Event.Type, object: object, before?: object) => void;

/** What every resource builds on. */
export interface Account {
  readonly id: string;
  readonly clock: Clock;
  /** Each resource keeps its objects in a collection of its own. */
  readonly journal: Journal;
  readonly publish: Publish;
  /** What was told, and what only thin events tell. */
  readonly publisher: Pick<Publisher, "publishThin" | "events" | "thinEvents">;
  /** Where the pages are that Stripe hosts, e.g. `http://127.0.0.1:4242`: no trailing slash. */
  readonly readOrigin: () => string;
}

export function openAccount({ journal, ...services }: Omit<Account, "id">): Account {
  const accounts = journal.collection<{ id: string }>("account");
  const kept = accounts.get("self") ?? accounts.set("self", { id: createId("acct", 16) });
  return { id: kept.id, journal, ...services };
}

/** Stripe's timestamps are whole seconds. */
export function readSeconds(clock: Clock): number {
  return Math.floor(clock() / 1000);
}
