import type { Client } from "../../state/resources.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import type { Tenant } from "../../tenant.ts";
import type { AuthorizeParameters } from "../authorize/parameters.ts";
import { findOrganization } from "../organizations/get-organization.ts";
import { ErrorPage } from "../pages/error-page.ts";
import { isListedUrl, isRegisteredCallback } from "./redirect-uri.ts";

const RESPONSE_MODES = ["query", "fragment", "form_post", "web_message"] as const;
type ResponseMode = (typeof RESPONSE_MODES)[number];

/** Where and how the answer goes. Whoever holds one may redirect: the client is known and the address is its own. */
export interface ReturnAddress {
  readonly redirectUri: string;
  readonly responseMode: ResponseMode;
  readonly state?: string;
}

/** Until these checks have passed nothing may be redirected (RFC 6749 §4.1.2.1): each failure is a page. */
export function checkReturnAddress(
  tenant: Pick<Tenant, "state">,
  parameters: AuthorizeParameters,
): { client: Client; returnTo: ReturnAddress } {
  const client = checkClient(tenant.state, parameters.client_id);
  const organization = findOrganization(tenant.state, parameters.organization)?.name;
  const redirectUri = checkRedirectUri(client, parameters.redirect_uri, organization);
  const responseMode = checkResponseMode(parameters.response_mode);
  if (responseMode === "web_message") checkWebOrigin(client, redirectUri, organization);
  const { state } = parameters;
  return { client, returnTo: { redirectUri, responseMode, ...(state !== undefined && { state }) } };
}

function checkClient({ clients }: Pick<TenantState, "clients">, clientId: string | undefined): Client {
  if (clientId === undefined) throw new ErrorPage(400, "invalid_request", "Missing required parameter: client_id");
  const client = clients.get(clientId);
  if (client === undefined || client.global === true) {
    throw new ErrorPage(400, "invalid_request", `Unknown client: ${clientId}`);
  }
  return client;
}

function checkRedirectUri(client: Client, redirectUri: string | undefined, organization: string | undefined): string {
  if (redirectUri === undefined) {
    throw new ErrorPage(400, "invalid_request", "Missing required parameter: redirect_uri");
  }
  if (!isRegisteredCallback(redirectUri, client, organization)) {
    throw new ErrorPage(
      403,
      "unauthorized_client",
      "The provided redirect_uri is not in the list of allowed callback URLs.",
      "Callback URL mismatch.",
    );
  }
  return redirectUri;
}

function checkResponseMode(responseMode: string | undefined): ResponseMode {
  if (responseMode === undefined) return "query";
  const known = RESPONSE_MODES.find((mode) => mode === responseMode);
  if (known === undefined) throw new ErrorPage(400, "invalid_request", `Unsupported response mode: ${responseMode}`);
  return known;
}

/** The page posts the code to whoever opened it: only to an origin that the client lists. */
function checkWebOrigin(client: Client, redirectUri: string, organization: string | undefined): void {
  if (!isListedUrl(new URL(redirectUri).origin, client, client.web_origins ?? [], organization)) {
    throw new ErrorPage(
      400,
      "invalid_request",
      `The specified redirect_uri '${redirectUri}' does not have a registered origin.`,
    );
  }
}
