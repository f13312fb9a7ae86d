import type { Event } from "@auth0/actions/post-login/v3";
import type { PostLoginEffect } from "../../auth0/actions/api/effects.ts";
import { type PostLoginTransaction, startTransaction } from "../../auth0/actions/api/transaction.ts";
import { nextEvent } from "../../auth0/actions/event/next-event.ts";
import type { TriggerRun } from "../../auth0/actions/pipeline/pipeline.ts";
import type { RunResult } from "../../auth0/actions/runtime/protocol.ts";

/** The event as the Action at this place of a post-login run was given it: with what those before it had changed, without secrets. */
export function readEventBefore(run: TriggerRun, { runs }: RunResult, place: number): Event {
  const event = run.event as Event;
  const transaction = (run.transaction as PostLoginTransaction | undefined) ?? startTransaction(event);
  const earlier = runs.slice(0, place).flatMap(({ effects }) => effects as readonly PostLoginEffect[]);
  return nextEvent(event, earlier.reduce(withEffect, transaction));
}

/** Of what an Action can ask for, that which the next one sees in its event. */
function withEffect(transaction: PostLoginTransaction, effect: PostLoginEffect): PostLoginTransaction {
  switch (effect.type) {
    case "set-app-metadata":
      return { ...transaction, appMetadata: new Map(transaction.appMetadata).set(effect.key, effect.value) };
    case "set-user-metadata":
      return { ...transaction, userMetadata: new Map(transaction.userMetadata).set(effect.key, effect.value) };
    case "set-target-scopes":
      return { ...transaction, targetScopes: effect.scopes };
    case "set-transaction-metadata": {
      const metadata = new Map(transaction.metadata);
      if (effect.value === null) metadata.delete(effect.key);
      else metadata.set(effect.key, effect.value);
      return { ...transaction, metadata };
    }
    case "set-entity-metadata": {
      const name = effect.entity === "session" ? "session" : "refreshToken";
      return { ...transaction, [name]: { ...transaction[name], metadata: effect.metadata } };
    }
    default:
      return transaction;
  }
}
