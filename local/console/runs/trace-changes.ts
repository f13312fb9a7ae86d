import type { Event } from "@auth0/actions/post-login/v3";
import type { CredentialsExchangeEffect } from "../../auth0/actions/api/credentials-exchange.ts";
import type { PostLoginEffect } from "../../auth0/actions/api/effects.ts";
import type { PreUserRegistrationEffect } from "../../auth0/actions/api/pre-user-registration.ts";
import type { PostLoginTransaction } from "../../auth0/actions/api/transaction.ts";
import type { TriggerRun } from "../../auth0/actions/pipeline/pipeline.ts";
import type { RunResult } from "../../auth0/actions/runtime/protocol.ts";
import { compareOutlines, type Difference } from "./outline-run.ts";

type State = Map<string, string>;
/** Without a value it is gone. */
type Change = readonly [name: string, value: string | undefined];
type Effect = PostLoginEffect | CredentialsExchangeEffect | PreUserRegistrationEffect;

/** For each Action that ran, what it changed for those after it and for the token: before and after. */
export function traceChanges(run: TriggerRun, { runs }: RunResult): readonly (readonly Difference[])[] {
  let state = describeStart(run);
  return runs.map(({ effects }) => {
    const before = state;
    state = new Map(before);
    put(
      state,
      (effects as readonly Effect[]).map(describeChange).filter((change) => change !== undefined),
    );
    return compareOutlines(before, state);
  });
}

/** Triggers without a user or a transaction start from nothing. */
function describeStart({ event, transaction }: TriggerRun): State {
  const { user, transaction: asked } = event as Partial<Event>;
  const scopes = asked?.target_scopes ?? asked?.requested_scopes;
  const state: State = new Map();
  put(state, scopes === undefined ? [] : [["scopes", scopes.join(" ")]]);
  put(state, list("app_metadata", Object.entries(user?.app_metadata ?? {})));
  put(state, list("user_metadata", Object.entries(user?.user_metadata ?? {})));
  // After a redirect the run goes on from what was asked for before it.
  const earlier = transaction as PostLoginTransaction | undefined;
  if (earlier === undefined) return state;
  put(state, [["scopes", earlier.targetScopes.join(" ")]]);
  put(state, list("access token claim", earlier.claims.accessToken));
  put(state, list("ID token claim", earlier.claims.idToken));
  put(state, list("app_metadata", earlier.appMetadata));
  put(state, list("user_metadata", earlier.userMetadata));
  return state;
}

const list = (kind: string, values: Iterable<readonly [string, unknown]>): readonly Change[] =>
  [...values].map(([name, value]) => [`${kind} ${name}`, renderValue(value)]);

function put(state: State, changes: readonly Change[]): void {
  for (const [name, value] of changes) {
    if (value === undefined) state.delete(name);
    else state.set(name, value);
  }
}

/** Of effects that change something for those after it: what, and to what. */
function describeChange(effect: Effect): Change | undefined {
  switch (effect.type) {
    case "set-claim": {
      const kind = "token" in effect && effect.token === "idToken" ? "ID token claim" : "access token claim";
      return [`${kind} ${effect.name}`, renderValue(effect.value)];
    }
    case "modify-scope":
      return [`scope ${effect.scope}`, effect.operation === "add" ? "added" : "removed"];
    case "set-target-scopes":
      return ["scopes", effect.scopes.join(" ")];
    case "set-app-metadata":
      return [`app_metadata ${effect.key}`, renderValue(effect.value)];
    case "set-user-metadata":
      return [`user_metadata ${effect.key}`, renderValue(effect.value)];
    case "set-transaction-metadata":
      return [`transaction metadata ${effect.key}`, renderValue(effect.value)];
    case "set-expiry":
      return [`${effect.entity} ${effect.which}`, new Date(effect.at).toISOString()];
    case "set-primary-user":
      return ["primary user", effect.userId];
    default:
      return undefined;
  }
}

const renderValue = (value: unknown): string | undefined =>
  value === null || value === undefined ? undefined : JSON.stringify(value);
