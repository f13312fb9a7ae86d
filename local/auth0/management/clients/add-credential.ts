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
 * @throws {ManagementError} 400 for a key that no signature can be checked with, or a certificate that cannot be read
 */
export function addCredential(
  { clock, state }: Pick<Tenant, "clock" | "state">,
  clientId: string,
  { parse_expiry_from_cert: isExpiryRead, ...given }: NewCredential,
): ClientCredential {
  const now = isoTime(clock());
  const id = newId.credential();
  return state.clientCredentials(clientId).set(id, {
    id,
    ...describe(given),
    ...given,
    ...(isExpiryRead === true && { expires_at: expiryOf(readCertificate(given.pem, "parse_expiry_from_cert needs")) }),
    created_at: now,
    updated_at: now,
  });
}

/** What the API itself says of what it was given. */
function describe({ credential_type, pem, subject_dn }: NewCredential): Partial<ClientCredential> {
  if (credential_type === "public_key") {
    checkKey(pem ?? "");
    return { alg: "RS256", kid: sha256(pem ?? "") };
  }
  if (credential_type === "cert_subject_dn") {
    return {
      subject_dn: subject_dn ?? readCertificate(pem, "subject_dn is missing, and without it there must be").subject,
    };
  }
  const certificate = readCertificate(pem, "credential_type x509_cert needs");
  return { thumbprint_sha256: sha256(certificate.raw), expires_at: expiryOf(certificate) };
}

const sha256 = (bytes: string | Buffer): string => createHash("sha256").update(bytes).digest("base64url");

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

/** @throws {ManagementError} 400 that begins with why there must be one */
function readCertificate(pem = "", why: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new ManagementError(400, `${why} a certificate in pem`, "invalid_body");
  }
}

const expiryOf = ({ validTo }: X509Certificate): string => isoTime(Date.parse(validTo));
