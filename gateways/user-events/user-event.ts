import { isRecord } from "../authorizer/problems.ts";

/** What an event of Auth0's event streams says, as far as it is used: events come late, twice and in any order. */
export interface UserEvent {
  /** For the log. */
  readonly id: string;
  readonly kind: "updated" | "deleted";
  readonly userId: string;
  /** Milliseconds since the epoch: when it happened. */
  readonly at: number;
  readonly email: string | undefined;
  /** app_metadata */
  readonly metadata: Record<string, unknown>;
}

/** `nothing`: an event, and none from which anything follows here. */
export type Envelope = { readonly kind: "event"; readonly event: UserEvent } | { readonly kind: "nothing" };

/**
 * CloudEvents 1.0, as Auth0 sends it: one JSON object (Auth0 docs, "Event Streams").
 *
 * @returns undefined: it is not an event of that form
 */
export function readEnvelope(value: unknown): Envelope | undefined {
  if (!isRecord(value) || value.specversion !== "1.0") return undefined;
  const { id, type, time, data, a0purpose } = value;
  if (typeof id !== "string" || typeof type !== "string") return undefined;
  const kind = KINDS.get(type);
  // A test event is about nobody.
  if (kind === undefined || a0purpose === "test") return { kind: "nothing" };
  const at = Date.parse(String(time));
  const object = isRecord(data) ? data.object : undefined;
  if (!isRecord(object) || typeof object.user_id !== "string" || Number.isNaN(at)) return undefined;
  const { user_id: userId, email, app_metadata: metadata } = object;
  return {
    kind: "event",
    event: {
      id,
      kind,
      userId,
      at,
      email: typeof email === "string" ? email : undefined,
      metadata: isRecord(metadata) ? metadata : {},
    },
  };
}

/** A user that was made is looked at as one that has changed: of two events the later one may come first. */
const KINDS: ReadonlyMap<string, UserEvent["kind"]> = new Map([
  ["user.created", "updated"],
  ["user.updated", "updated"],
  ["user.deleted", "deleted"],
]);
