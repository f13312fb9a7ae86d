import { createPublicKey } from "node:crypto";
import { decodeJwt, type JWTPayload, jwtVerify } from "jose";
import { OAuthError } from "../oauth-error.ts";
import type { ClientCredential } from "../state/client-credential.ts";
import type { Client } from "../state/resources.ts";
import type { Tenant } from "../tenant.ts";
import type { Parameters } from "./parameters.ts";

const CLIENT_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
export const ASSERTION_ALGORITHMS = ["RS256", "RS384", "PS256"];

/** Bytes, characters and seconds: Auth0 docs, "Authenticate with Private Key JWT". */
const MAX_SIZE = 2048;
const MAX_CLAIM_LENGTH = 64;
const MAX_LIFETIME = 300;
const CLOCK_SKEW = 10;

type Assertions = Pick<Tenant, "clock" | "inFlight" | "issuer" | "state">;

/**
 * The client that signed the assertion (RFC 7523 §3), by one of the credentials that it is set up with. Good once.
 *
 * @throws {OAuthError} 401 `invalid_client`
 */
export async function authenticateByAssertion(tenant: Assertions, parameters: Parameters): Promise<Client> {
  const { client_assertion: assertion, client_assertion_type: type, client_id: clientId, client_secret } = parameters;
  if (type !== CLIENT_ASSERTION_TYPE) throw refused("client_assertion_type is not that of a JWT");
  if (client_secret !== undefined) throw refused("a client proves itself in one way only");
  if (typeof assertion !== "string" || assertion.length > MAX_SIZE) {
    throw refused(`client_assertion must be a JWT of at most ${MAX_SIZE} bytes`);
  }
  const client = tenant.state.clients.get(readIssuer(assertion) ?? "");
  if (client === undefined || (clientId !== undefined && clientId !== client.client_id)) {
    throw refused("client_assertion is of another client");
  }
  const claims = await verifyByAny(tenant, client, assertion);
  if (claims === undefined)
    throw refused("client_assertion is not signed by a credential of the client, or not in time");
  checkLifetime(tenant, claims);
  useOnce(tenant, client, claims);
  return client;
}

const refused = (description: string) => new OAuthError(401, "invalid_client", description);

function readIssuer(assertion: string): string | undefined {
  try {
    return decodeJwt(assertion).iss;
  } catch {
    return undefined;
  }
}

async function verifyByAny(tenant: Assertions, client: Client, assertion: string): Promise<JWTPayload | undefined> {
  for (const credential of listCredentials(tenant, client)) {
    const claims = await verify(tenant, client, credential, assertion);
    if (claims !== undefined) return claims;
  }
  return undefined;
}

/** Those that the client is to use and that have not expired. */
function listCredentials({ clock, state }: Assertions, client: Client): readonly ClientCredential[] {
  const named = client.client_authentication_methods?.private_key_jwt?.credentials ?? [];
  const known = state.clientCredentials(client.client_id);
  return named
    .flatMap(({ id }) => known.get(id) ?? [])
    .filter(({ expires_at }) => expires_at == null || clock() < Date.parse(expires_at));
}

async function verify(
  { clock, issuer }: Assertions,
  { client_id: subject }: Client,
  { alg, kid, pem = "" }: ClientCredential,
  assertion: string,
): Promise<JWTPayload | undefined> {
  try {
    const { payload, protectedHeader } = await jwtVerify(assertion, createPublicKey(pem), {
      // What is not a key signs nothing.
      algorithms: alg === undefined ? [] : [alg],
      issuer: subject,
      subject,
      clockTolerance: CLOCK_SKEW,
      currentDate: new Date(clock()),
    });
    const isForKey = protectedHeader.kid === undefined || protectedHeader.kid === kid;
    return isForKey && payload.aud === issuer ? payload : undefined;
  } catch {
    return undefined;
  }
}

function checkLifetime({ clock }: Assertions, { exp }: JWTPayload): void {
  if (exp === undefined || exp - clock() / 1000 > MAX_LIFETIME + CLOCK_SKEW) {
    throw refused(`client_assertion must expire within ${MAX_LIFETIME} seconds`);
  }
}

function useOnce({ inFlight }: Assertions, { client_id }: Client, { jti }: JWTPayload): void {
  if (jti === undefined || jti.length > MAX_CLAIM_LENGTH) {
    throw refused(`client_assertion must have a jti of at most ${MAX_CLAIM_LENGTH} characters`);
  }
  const key = `${client_id} ${jti}`;
  if (inFlight.usedAssertions.get(key) !== undefined) throw refused("client_assertion was used before");
  inFlight.usedAssertions.set(key, true);
}
