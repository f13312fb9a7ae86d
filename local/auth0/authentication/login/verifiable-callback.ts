import { InteractionRequired } from "../../oauth-error.ts";
import type { Client } from "../../state/resources.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import type { AuthorizationRequest } from "../authorize/request.ts";

/**
 * Auth0 docs, "Measures Against Application Impersonation": any program of a device can be behind a custom scheme or a loopback
 * address, so that a code goes there with the person's knowledge only, never silently. The client's word counts before the tenant's.
 *
 * @throws {OAuthError} `interaction_required`
 */
export function checkSilentCallback(
  { settings }: Pick<TenantState, "settings">,
  client: Client,
  { prompt, returnTo }: Pick<AuthorizationRequest, "prompt" | "returnTo">,
): void {
  if (!prompt.includes("none") || isVerifiable(returnTo.redirectUri)) return;
  const ofClient = client.skip_non_verifiable_callback_uri_confirmation_prompt;
  const ofTenant = settings.get("tenant")?.skip_non_verifiable_callback_uri_confirmation_prompt;
  if ((ofClient ?? ofTenant) !== true) {
    throw new InteractionRequired("Silent authentication is not possible with a callback that cannot be verified.");
  }
}

function isVerifiable(redirectUri: string): boolean {
  const { protocol, hostname } = new URL(redirectUri);
  return /^https?:$/.test(protocol) && !/^(localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1\])$/.test(hostname);
}
