import type { Client } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";

/** What every scope for clients shows. */
const SUMMARY: ReadonlySet<string> = new Set(["client_id", "app_type", "name", "description"]);
/** What only the scopes for keys and credentials show. */
const KEYS: ReadonlySet<string> = new Set([
  "client_secret",
  "signing_keys",
  "encryption_key",
  "client_authentication_methods",
]);
const SHOW_FIELDS = ["read:clients", "read:client_keys", "update:clients", "update:client_keys", "create:clients"];
const SHOW_KEYS = ["read:client_keys", "read:client_credentials", "update:client_keys", "create:clients"];

/** A client as the API shows it to a token with these scopes. */
export async function renderClient(
  tenant: Pick<Tenant, "domain" | "signingKeys">,
  client: Client,
  scopes: ReadonlySet<string>,
): Promise<Record<string, unknown>> {
  const complete = { ...client, signing_keys: [await renderSigningKey(tenant)] };
  const showsFields = SHOW_FIELDS.some((scope) => scopes.has(scope));
  const showsKeys = SHOW_KEYS.some((scope) => scopes.has(scope));
  // A client with a method of its own (private_key_jwt) shows no secret, since it cannot use one.
  const hasOwnMethod = client.client_authentication_methods !== undefined;
  return Object.fromEntries(
    Object.entries(complete).filter(([name]) => {
      if (hasOwnMethod && (name === "client_secret" || name === "token_endpoint_auth_method")) return false;
      if (SUMMARY.has(name)) return true;
      return KEYS.has(name) ? showsKeys : showsFields;
    }),
  );
}

/** The tenant's own certificate. Auth0 adds the private key when a client is created; this tenant gives it to nobody. */
async function renderSigningKey({
  domain,
  signingKeys,
}: Pick<Tenant, "domain" | "signingKeys">): Promise<Record<string, string>> {
  const key = signingKeys.current();
  const host = domain.split(":")[0];
  return { cert: key.certificate.toString(), pkcs7: await key.pkcs7(), subject: `/CN=${host}` };
}
