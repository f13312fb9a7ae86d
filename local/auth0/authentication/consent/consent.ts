import type { Client, ResourceServer } from "../../state/resources.ts";
import type { TenantState } from "../../state/tenant-state.ts";

export interface ConsentRequest {
  readonly client: Client;
  readonly userId: string;
  readonly audience: string | undefined;
  /** What tokens would carry. */
  readonly scopes: readonly string[];
  readonly prompt: readonly string[];
}

/**
 * Whether the user has to be asked before the client gets tokens. Not for a first-party client, unless the API does not
 * skip consent for those; for others until the user has agreed to all that is asked; always with `prompt=consent`.
 */
export function needsConsent(
  { consents, resourceServers }: Pick<TenantState, "consents" | "resourceServers">,
  { client, userId, audience, scopes, prompt }: ConsentRequest,
): boolean {
  if (prompt.includes("consent")) return true;
  const api = resourceServers.find(({ identifier }) => identifier === audience);
  if (client.is_first_party !== false && (api === undefined || skipsConsent(api))) return false;
  const agreed = consents.get(keyOf(userId, client.client_id, audience))?.scope;
  return agreed === undefined || !scopes.every((scope) => agreed.includes(scope));
}

/** Whether users of first-party clients need not be asked. */
export const skipsConsent = (api: ResourceServer): boolean =>
  api.skip_consent_for_verifiable_first_party_clients !== false;

export function saveConsent(
  { consents }: Pick<TenantState, "consents">,
  userId: string,
  clientId: string,
  audience: string | undefined,
  scopes: readonly string[],
): void {
  const key = keyOf(userId, clientId, audience);
  const former = consents.get(key)?.scope ?? [];
  consents.set(key, {
    user_id: userId,
    client_id: clientId,
    audience: audience ?? "",
    scope: [...new Set([...former, ...scopes])],
  });
}

const keyOf = (userId: string, clientId: string, audience = ""): string => `${userId}:${clientId}:${audience}`;
