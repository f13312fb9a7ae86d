import { isSameSecret } from "../digest.ts";
import { ClientNotAuthenticated } from "../oauth-error.ts";
import type { Client } from "../state/resources.ts";
import type { TenantState } from "../state/tenant-state.ts";
import type { Tenant } from "../tenant.ts";
import { authenticateByAssertion } from "./client-assertion.ts";
import type { Parameters } from "./parameters.ts";

/** One answer for an unknown client, a wrong secret and a missing one: it must not tell which clients exist. */
const unauthorized = () => new ClientNotAuthenticated();

/** The client that sends a request, by HTTP Basic or the body (RFC 6749 §2.3.1), or by a key of its own. Throws 401. */
export async function authenticateClient(
  tenant: Pick<Tenant, "clock" | "inFlight" | "issuer" | "state">,
  authorization: string | undefined,
  parameters: Parameters,
): Promise<Client> {
  if (parameters.client_assertion !== undefined) return authenticateByAssertion(tenant, parameters);
  return authenticateBySecret(tenant.state, authorization, parameters);
}

function authenticateBySecret(
  { clients }: Pick<TenantState, "clients">,
  authorization: string | undefined,
  parameters: Parameters,
): Client {
  const { id, secret } = readBasic(authorization) ?? { id: parameters.client_id, secret: parameters.client_secret };
  const client = typeof id === "string" ? clients.get(id) : undefined;
  if (client === undefined || client.global === true) throw unauthorized();
  if (client.client_authentication_methods?.private_key_jwt !== undefined) throw unauthorized();
  if (client.token_endpoint_auth_method === "none") return client;
  if (typeof secret !== "string" || client.client_secret === undefined) throw unauthorized();
  if (!isSameSecret(secret, client.client_secret)) throw unauthorized();
  return client;
}

function readBasic(authorization: string | undefined): { id: string; secret: string } | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/=_-]+)$/i.exec(authorization ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const [id = "", ...secret] = Buffer.from(encoded, "base64").toString().split(":");
  return { id: decodeForm(id), secret: decodeForm(secret.join(":")) };
}

/** RFC 6749 §2.3.1: id and secret are form-encoded inside the Basic credentials. */
function decodeForm(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", "%20"));
  } catch {
    throw unauthorized();
  }
}
