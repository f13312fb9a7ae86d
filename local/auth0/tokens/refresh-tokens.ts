import type { Caller } from "../authentication/caller.ts";
import { digest, newSecret } from "../digest.ts";
import { randomAlphanumeric } from "../ids.ts";
import type { RefreshToken } from "../state/refresh-token.ts";
import type { Client } from "../state/resources.ts";
import type { TenantState } from "../state/tenant-state.ts";
import type { Tenant } from "../tenant.ts";
import type { Authorization } from "./authorization.ts";

/** Starts a family. `token` is the only copy. */
export function createRefreshToken(
  { clock, state }: Pick<Tenant, "clock" | "state">,
  client: Client,
  authorization: Authorization,
  caller: Caller,
): { readonly id: string; readonly token: string } {
  const now = clock();
  const token = `v1.${newSecret()}`;
  const policy = readPolicy(client);
  const asked = authorization.actions.refreshToken;
  const expiresAt = earliest(policy.lifetime === undefined ? undefined : now + policy.lifetime, asked.expiresAt);
  const idleExpiresAt = earliest(policy.idle === undefined ? undefined : now + policy.idle, asked.idleExpiresAt);
  const record: RefreshToken = {
    id: `rt_${randomAlphanumeric(32)}`,
    user_id: authorization.userId,
    client_id: client.client_id,
    scope: authorization.requestedScope ?? [],
    connection: authorization.connection,
    authentication_methods: authorization.methods,
    authenticated_at: authorization.authenticatedAt,
    created_at: now,
    rotating: policy.rotating,
    current: digest(token),
    previous: [],
    device: {
      initial_ip: caller.ip,
      initial_user_agent: caller.userAgent,
      last_ip: caller.ip,
      last_user_agent: caller.userAgent,
    },
    ...(authorization.sessionId !== undefined && { session_id: authorization.sessionId }),
    ...(authorization.organizationId !== undefined && { organization_id: authorization.organizationId }),
    ...(authorization.audience !== undefined && { audience: authorization.audience }),
    ...(expiresAt !== undefined && { expires_at: expiresAt }),
    ...(idleExpiresAt !== undefined && { idle_expires_at: idleExpiresAt }),
    ...(asked.metadata !== undefined && { metadata: asked.metadata }),
  };
  saveRefreshToken(state, record);
  return { id: record.id, token };
}

export type RefreshTokenMatch =
  | {
      readonly kind: "good";
      readonly record: RefreshToken;
      /** What of `previous` a leeway still covers once this one was used: itself, if it is of those, and later ones. */
      readonly covered: RefreshToken["previous"];
    }
  /** Handed out once and replaced since: whoever sends it again is not the one who replaced it, or the other is not. */
  | { readonly kind: "reused"; readonly record: RefreshToken }
  | { readonly kind: "unknown" };

/** Whose token this is, and whether it is (still) good. */
export function matchRefreshToken({ clock, state }: Pick<Tenant, "clock" | "state">, token: string): RefreshTokenMatch {
  const key = digest(token);
  const entry = state.refreshTokenDigests.get(key);
  const record = entry === undefined ? undefined : state.refreshTokens.get(entry.refresh_token_id);
  if (record === undefined) return { kind: "unknown" };
  const now = clock();
  if (now >= earliestEnd(record)) return { kind: "unknown" };
  if (key === record.current) return { kind: "good", record, covered: [] };
  const place = record.previous.findIndex((previous) => previous.digest === key && now < previous.until);
  return place === -1 ? { kind: "reused", record } : { kind: "good", record, covered: record.previous.slice(place) };
}

/**
 * The next token of a rotating family; undefined where tokens stay. Within the client's leeway only the token before the
 * current one is good: a retry after a lost answer brings it again, and gets a token beside the one that was lost.
 */
export function rotateRefreshToken(
  { clock, state }: Pick<Tenant, "clock" | "state">,
  client: Client,
  { record: used, covered }: Extract<RefreshTokenMatch, { readonly kind: "good" }>,
  changes: Partial<Pick<RefreshToken, "expires_at" | "idle_expires_at" | "metadata">>,
  caller: Caller,
): string | undefined {
  const now = clock();
  const policy = readPolicy(client);
  const idle = earliest(policy.idle === undefined ? undefined : now + policy.idle, changes.idle_expires_at);
  const expires = earliest(used.expires_at, changes.expires_at);
  const next = policy.rotating ? `v1.${newSecret()}` : undefined;
  saveRefreshToken(state, {
    ...used,
    rotating: policy.rotating,
    last_exchanged_at: now,
    device: { ...used.device, last_ip: caller.ip, last_user_agent: caller.userAgent },
    ...(expires !== undefined && { expires_at: expires }),
    ...(idle !== undefined && { idle_expires_at: idle }),
    ...(changes.metadata !== undefined && { metadata: changes.metadata }),
    ...(next !== undefined && {
      current: digest(next),
      previous: [...covered, { digest: used.current, until: now + policy.leeway }],
    }),
  });
  return next;
}

function saveRefreshToken(
  { refreshTokenDigests, refreshTokens }: Pick<TenantState, "refreshTokenDigests" | "refreshTokens">,
  record: RefreshToken,
): void {
  refreshTokens.set(record.id, record);
  refreshTokenDigests.set(record.current, { digest: record.current, refresh_token_id: record.id });
}

function readPolicy(client: Client) {
  const policy = client.refresh_token;
  const expires = policy?.expiration_type === "expiring";
  const seconds = (value: number | undefined, isInfinite: boolean | undefined): number | undefined =>
    value === undefined || isInfinite === true ? undefined : value * 1000;
  return {
    rotating: policy?.rotation_type === "rotating",
    leeway: (policy?.leeway ?? 0) * 1000,
    lifetime: expires ? seconds(policy?.token_lifetime, policy?.infinite_token_lifetime) : undefined,
    idle: expires ? seconds(policy?.idle_token_lifetime, policy?.infinite_idle_token_lifetime) : undefined,
  };
}

const earliestEnd = (record: RefreshToken): number =>
  Math.min(record.expires_at ?? Number.POSITIVE_INFINITY, record.idle_expires_at ?? Number.POSITIVE_INFINITY);

function earliest(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined) return other;
  return other === undefined ? one : Math.min(one, other);
}
