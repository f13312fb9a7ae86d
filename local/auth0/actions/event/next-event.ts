import type { Event } from "@auth0/actions/post-login/v3";
import type { EntityChanges, PostLoginTransaction } from "../api/transaction.ts";
import { copyData } from "./copy-data.ts";

/** Top-level keys only: a nested object is replaced whole (Auth0 docs, "Metadata in the Management API"). Null removes. */
export function mergeMetadata(metadata: unknown, changes: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const merged = new Map(Object.entries(metadata ?? {}));
  for (const [key, value] of changes) {
    if (value === null) merged.delete(key);
    else merged.set(key, value);
  }
  return Object.fromEntries(merged);
}

const withMetadata = <Entity extends object>(entity: Entity | undefined, { metadata }: EntityChanges) =>
  entity && metadata ? { ...entity, metadata: { ...metadata } } : entity;

/**
 * The event of the next Action in the run: it sees the metadata that earlier ones queued and what they changed in the transaction, the
 * session and the refresh token; assignments to the event it does not see. Secrets are for the caller to replace.
 *
 * @param event as it was before the first Action
 */
export function nextEvent(event: Event, changes: PostLoginTransaction): Event {
  const { appMetadata, metadata, refreshToken, session, targetScopes, userMetadata } = changes;
  const next = copyData(event);
  const known = event.transaction;
  const areTargetScopesLive =
    known?.target_scopes !== undefined || targetScopes.join(" ") !== (known?.requested_scopes ?? []).join(" ");
  if (known !== undefined || metadata.size > 0 || areTargetScopesLive) {
    next.transaction = { ...next.transaction, metadata: Object.fromEntries(metadata) };
    if (areTargetScopesLive) next.transaction.target_scopes = [...targetScopes];
  }
  if (appMetadata.size > 0) next.user.app_metadata = mergeMetadata(next.user.app_metadata, appMetadata);
  if (userMetadata.size > 0) next.user.user_metadata = mergeMetadata(next.user.user_metadata, userMetadata);
  const nextSession = withMetadata(next.session, session);
  if (nextSession) {
    const { cookieMode } = session;
    const isEmpty = Object.keys(nextSession).length === 0;
    next.session = cookieMode && !isEmpty ? { ...nextSession, cookie: { mode: cookieMode } } : nextSession;
  }
  const nextRefreshToken = withMetadata(next.refresh_token, refreshToken);
  if (nextRefreshToken) next.refresh_token = nextRefreshToken;
  return next;
}
