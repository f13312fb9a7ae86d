import { createHash, createPublicKey, type KeyObject, X509Certificate } from "node:crypto";
import { newId } from "../../ids.ts";
import type { ClientCredential } from "../../state/client-credential.ts";
import type { Tenant } from "../../tenant.ts";
import { isoTime } from "../../timestamps.ts";
import { ManagementError } from "../error.ts";

export interface NewCredential extends Pick<ClientCredential, "credential_type" | "name" | "pem" | "subject_dn"> {
  readonly alg?: string;
  readonly kid?: string;
  readonly expires_at?: string;
  readonly parse_expiry_from_cert?: boolean;
}

/**
 * Gives a client a credential.
 *
 * @throws {ManagementError} 400 for a key that no signature can be checked with
 */
export function addCredential(
  { clock, state }: Pick<Tenant, "clock" | "state">,
  clientId: string,
  { parse_expiry_from_cert: isExpiryRead, ...given }: NewCredential,
): ClientCredential {
  if (given.credential_type === "public_key") checkKey(given.pem ?? "");
  const now = isoTime(clock());
  const id = newId.credential();
  const kid = createHash("sha256")
    .update(given.pem ?? given.subject_dn ?? id)
    .digest("base64url");
  return state.clientCredentials(clientId).set(id, {
    id,
    alg: "RS256",
    kid,
    ...given,
    ...(isExpiryRead === true && { expires_at: readExpiry(given.pem ?? "") }),
    created_at: now,
    updated_at: now,
  });
}

/** As answers show one: the key stays here. */
export function renderCredential({ pem: _, ...shown }: ClientCredential): Omit<ClientCredential, "pem"> {
  return shown;
}

function checkKey(pem: string): void {
  const key = readKey(pem);
  if (key?.asymmetricKeyType === "rsa" && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048) return;
  throw new ManagementError(
    400,
    "pem must be an RSA public key of at least 2048 bits, or its certificate",
    "invalid_body",
  );
}

function readKey(pem: string): KeyObject | undefined {
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
}

function readExpiry(pem: string): string {
  try {
    return isoTime(Date.parse(new X509Certificate(pem).validTo));
  } catch {
    throw new ManagementError(400, "parse_expiry_from_cert needs a certificate in pem", "invalid_body");
  }
}
