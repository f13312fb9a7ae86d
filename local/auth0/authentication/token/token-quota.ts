import { OAuthError } from "../../oauth-error.ts";
import type { Client } from "../../state/resources.ts";
import { readTenantSetting } from "../../state/tenant-settings.ts";
import type { TokenQuota } from "../../state/token-quota.ts";
import type { Tenant } from "../../tenant.ts";

/** Milliseconds. A window begins with the hour or the day of UTC, which is a guess. */
const WINDOWS = { per_hour: 3_600_000, per_day: 86_400_000 } as const;

interface DefaultQuotas {
  readonly clients?: TokenQuota;
  readonly organizations?: TokenQuota;
}

interface Owner {
  readonly name: "Client" | "Organization";
  readonly id: string;
  readonly quota: TokenQuota | null | undefined;
}

interface Bucket {
  readonly key: string;
  readonly name: keyof typeof WINDOWS;
  readonly limit: number;
  readonly used: number;
  /** Seconds until it is empty again. */
  readonly resetsIn: number;
}

type Issuer = Pick<Tenant, "clock" | "inFlight" | "log" | "state">;

/**
 * Counts a token that the client gets for itself, against its quota and its organization's; the tenant's defaults stand in where
 * they have none. Source: Auth0 docs, "Fine-Grained Machine-to-Machine Token Quotas".
 *
 * @returns headers that tell what is left
 * @throws {OAuthError} 429 `too_many_requests`, and counts nothing
 */
export function spendQuotas(tenant: Issuer, client: Client, organizationId: string | undefined): Headers {
  const owners = listOwners(tenant, client, organizationId).map((owner) => ({
    owner,
    buckets: listBuckets(tenant, owner),
  }));
  for (const { owner, buckets } of owners) {
    const full = buckets.find(({ used, limit }) => used >= limit);
    if (full !== undefined) refuseOrTell(tenant, owner, full, buckets);
  }
  for (const { key, used } of owners.flatMap(({ buckets }) => buckets)) tenant.inFlight.issuedTokens.set(key, used + 1);
  const spent = owners.map(({ owner, buckets }) =>
    describe(
      owner,
      buckets.map((one) => ({ ...one, used: one.used + 1 })),
    ),
  );
  return Object.assign({}, ...spent) as Headers;
}

type Headers = Readonly<Record<string, string>>;

function listOwners({ state }: Issuer, client: Client, organizationId: string | undefined): readonly Owner[] {
  const defaults = readTenantSetting(state, "default_token_quota") as DefaultQuotas;
  const organization = organizationId === undefined ? undefined : state.organizations.get(organizationId);
  return [
    { name: "Client", id: client.client_id, quota: client.token_quota ?? defaults.clients },
    ...(organization === undefined
      ? []
      : [
          {
            name: "Organization",
            id: organization.id,
            quota: organization.token_quota ?? defaults.organizations,
          } as const,
        ]),
  ];
}

function listBuckets({ clock, inFlight }: Issuer, { name: owner, id, quota }: Owner): readonly Bucket[] {
  return (["per_hour", "per_day"] as const).flatMap((name) => {
    const limit = quota?.client_credentials?.[name];
    if (limit === undefined) return [];
    const window = Math.floor(clock() / WINDOWS[name]);
    const key = `${owner}:${id}:${name}:${window}`;
    const resetsIn = Math.ceil(((window + 1) * WINDOWS[name] - clock()) / 1000);
    return [{ key, name, limit, used: inFlight.issuedTokens.get(key) ?? 0, resetsIn }];
  });
}

function refuseOrTell({ clock, log }: Issuer, owner: Owner, full: Bucket, buckets: readonly Bucket[]): void {
  if (owner.quota?.client_credentials?.enforce === false) {
    log(`the token quota of ${owner.id} is exceeded (${full.limit} ${full.name}), and not enforced`);
    return;
  }
  throw new OAuthError(429, "too_many_requests", `${owner.name} quota exceeded`, {
    headers: {
      ...describe(owner, buckets),
      "x-ratelimit-limit": String(full.limit),
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": String(Math.ceil(clock() / 1000) + full.resetsIn),
      "retry-after": String(full.resetsIn),
    },
  });
}

function describe({ name }: Owner, buckets: readonly Bucket[]): Headers {
  if (buckets.length === 0) return {};
  const parts = buckets.map(
    ({ name: bucket, limit, used, resetsIn }) => `b=${bucket};q=${limit};r=${Math.max(limit - used, 0)};t=${resetsIn}`,
  );
  return { [`auth0-${name.toLowerCase()}-quota-limit`]: parts.join(",") };
}
