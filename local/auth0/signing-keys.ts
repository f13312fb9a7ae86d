import { createHash, createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exportJWK, type JWK } from "jose";
import type { Clock } from "../clock.ts";
import type { Collection } from "../state/journal.ts";
import { randomAlphanumeric } from "./ids.ts";

/** One key pair of the tenant with the self-signed certificate that /pem and x5c show. */
export interface SigningKey {
  readonly kid: string;
  readonly certificate: X509Certificate;
  readonly privateKey: KeyObject;
  /** The certificate as PKCS #7, PEM; made when it is first asked for. */
  pkcs7(): Promise<string>;
  /** The public half as /.well-known/jwks.json shows it. */
  readonly jwk: JWK;
}

/** What the tenant remembers of a key; the key itself lies in its own file. */
export interface SigningKeyRecord {
  readonly kid: string;
  readonly role: "current" | "next" | "previous";
  readonly revoked: boolean;
  readonly current_since?: string;
  readonly revoked_at?: string;
}

export interface SigningKeys {
  /** Signs new tokens. */
  current(): SigningKey;
  /** Every key that a token may still be signed with: current, next and previous ones that are not revoked. */
  published(): readonly SigningKey[];
  /** A key that is not revoked, by `kid`. */
  find(kid: string): SigningKey | undefined;
  records(): readonly (SigningKeyRecord & { readonly key: SigningKey })[];
  /**
   * The next key becomes the current one, the current one a previous one; a new next one is made. Previous keys stay
   * valid, and known, until they are revoked: a revoked key must never come back as the next one.
   */
  rotate(): Promise<void>;
  /** Tokens signed with this key are refused from now on. Unknown kids answer false. */
  revoke(kid: string): boolean;
}

/**
 * RSA signing keys, made once under `directory` (making one takes longer than everything else at the first start)
 * and shared by the tenants of this machine; which of them is current, each tenant remembers for itself.
 */
export async function openSigningKeys(
  directory: string,
  records: Collection<SigningKeyRecord>,
  clock: Clock,
): Promise<SigningKeys> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const pool = new Map<string, SigningKey>();
  const load = async (kid: string): Promise<SigningKey> => {
    const key = pool.get(kid) ?? (await readKey(directory, kid));
    pool.set(kid, key);
    return key;
  };
  const add = async (role: SigningKeyRecord["role"]): Promise<void> => {
    const taken = new Set(records.values().map((record) => record.kid));
    const kid = nextKid(directory, taken) ?? (await createKey(directory));
    await load(kid);
    const since = role === "current" ? { current_since: new Date(clock()).toISOString() } : {};
    records.set(kid, { kid, role, revoked: false, ...since });
  };

  for (const record of records.values()) await load(record.kid);
  if (records.find((record) => record.role === "current") === undefined) await add("current");
  if (records.find((record) => record.role === "next") === undefined) await add("next");

  const keyOf = (record: SigningKeyRecord): SigningKey => {
    const key = pool.get(record.kid);
    if (key === undefined) throw new Error(`signing key ${record.kid} has no file in ${directory}`);
    return key;
  };
  const byRole = (role: SigningKeyRecord["role"]): SigningKeyRecord => {
    const record = records.find((candidate) => candidate.role === role);
    if (record === undefined) throw new Error(`the tenant has no ${role} signing key`);
    return record;
  };

  return {
    current: () => keyOf(byRole("current")),
    published: () => records.filter((record) => !record.revoked).map(keyOf),
    find: (kid) => {
      const record = records.get(kid);
      return record === undefined || record.revoked ? undefined : keyOf(record);
    },
    records: () => records.values().map((record) => ({ ...record, key: keyOf(record) })),
    async rotate() {
      const [current, next] = [byRole("current"), byRole("next")];
      records.set(current.kid, { ...current, role: "previous" });
      records.set(next.kid, { ...next, role: "current", current_since: new Date(clock()).toISOString() });
      await add("next");
    },
    revoke(kid) {
      const record = records.get(kid);
      if (record === undefined) return false;
      records.set(kid, { ...record, revoked: true, revoked_at: new Date(clock()).toISOString() });
      return true;
    },
  };
}

/** SHA-1 and SHA-256 forms that JWKS (x5t) and the Management API (thumbprint, fingerprint) show. */
function readThumbprint(certificate: X509Certificate): string {
  return createHash("sha1").update(certificate.raw).digest("base64url");
}

/** A file a key, so that two tenants that make one at the same time do not lose either. */
function keyFile(directory: string, kid: string): string {
  return join(directory, `${kid}.json`);
}

function nextKid(directory: string, taken: ReadonlySet<string>): string | undefined {
  const kids = readdirSync(directory)
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length));
  return kids.sort().find((kid) => !taken.has(kid));
}

async function readKey(directory: string, kid: string): Promise<SigningKey> {
  const entry = JSON.parse(readFileSync(keyFile(directory, kid), "utf8")) as { key: string; cert: string };
  const certificate = new X509Certificate(entry.cert);
  let pkcs7: Promise<string> | undefined;
  const { kty, n, e } = await exportJWK(certificate.publicKey);
  return {
    kid,
    certificate,
    privateKey: createPrivateKey(entry.key),
    pkcs7: () => {
      pkcs7 ??= import("../http/x509.ts").then(({ wrapInPkcs7 }) => wrapInPkcs7(entry.cert));
      return pkcs7;
    },
    jwk: {
      ...(kty !== undefined && { kty }),
      use: "sig",
      ...(n !== undefined && { n }),
      ...(e !== undefined && { e }),
      kid,
      x5t: readThumbprint(certificate),
      x5c: [certificate.raw.toString("base64")],
      alg: "RS256",
    },
  };
}

async function createKey(directory: string): Promise<string> {
  const { createSelfSignedRsa } = await import("../http/x509.ts");
  const made = await createSelfSignedRsa("localhost");
  const kid = randomAlphanumeric(21);
  const file = keyFile(directory, kid);
  writeFileSync(`${file}.new`, JSON.stringify(made), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return kid;
}
