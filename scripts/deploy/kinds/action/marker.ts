import { createHmac, hkdfSync } from "node:crypto";

/**
 * The comment that every deployed bundle ends in; code that is sent byte for byte has none. It says whose the Action is, so that one that was renamed or dropped is
 * recognised, and carries what Auth0 does not return: a digest of the secrets.
 */
export interface DeployMarker {
  readonly owner: string;
  /** Keyed digests of the names and values (digestSecrets). Without the key nobody can try values against them. */
  readonly secrets: string;
  /** The version this bundle was sent to become. Another live number means that somebody deployed by hand or rolled back. */
  readonly version: number;
}

const PREFIX = "// deployed-by: ";

export function markCode(code: string, marker: DeployMarker): string {
  const { owner, secrets, version } = marker;
  return `${code.replace(/\n*$/, "\n")}${PREFIX}${JSON.stringify({ owner, secrets, version })}\n`;
}

/** The code as it was built, and its marker if it has one. Code from elsewhere has none. */
export function splitMarker(marked: string): { readonly code: string; readonly marker?: DeployMarker } {
  const start = marked.lastIndexOf(`\n${PREFIX}`) + 1;
  if (start === 0) return { code: marked };
  const marker = parseMarker(marked.slice(start + PREFIX.length).trimEnd());
  return marker === undefined ? { code: marked } : { code: marked.slice(0, start), marker };
}

/** Code as it stands in this checkout: of what was not built here, all of it. */
export function readUnmarked(code: string): string {
  return splitMarker(code).marker === undefined ? code : stripMarker(code);
}

/** Code as it was built, without a marker and without what a marker adds: for comparing. */
export function stripMarker(code: string): string {
  return splitMarker(code).code.replace(/\n*$/, "\n");
}

function parseMarker(text: string): DeployMarker | undefined {
  try {
    const { owner, secrets, version } = JSON.parse(text) as Record<string, unknown>;
    if (typeof owner !== "string" || typeof secrets !== "string" || typeof version !== "number") return undefined;
    return { owner, secrets, version };
  } catch {
    return undefined;
  }
}

/**
 * The digest's key: SECRETS_DIGEST_KEY, or one derived from the deploying client's secret (HKDF, RFC 5869), which is
 * there at every deploy. After that secret is rotated, every Action's secrets look changed once.
 */
export function deriveDigestKey(environment: {
  readonly digestKey?: string | undefined;
  readonly clientSecret: string;
}): Buffer {
  const input = environment.digestKey || environment.clientSecret;
  return Buffer.from(hkdfSync("sha256", input, "", "secrets digest of deployed Actions", 32));
}

/** Characters of base64url, so 96 bits, for each secret. */
const DIGEST_LENGTH = 16;

interface Secret {
  readonly name: string;
  readonly value?: string;
}

/** HMAC-SHA-256 of each name and value, cut, in the order of the names. */
export function digestSecrets(key: Buffer, secrets: readonly Secret[]): string {
  return sortNames(secrets.map(({ name }) => name))
    .map((name) => {
      const value = secrets.find((secret) => secret.name === name)?.value;
      const hmac = createHmac("sha256", key).update(JSON.stringify([name, value]));
      return hmac.digest("base64url").slice(0, DIGEST_LENGTH);
    })
    .join("");
}

/** Which of these secrets have another value in one digest than in the other; undefined when one is not a digest of these names. */
export function findChangedSecrets(
  one: string,
  other: string,
  names: readonly string[],
): readonly string[] | undefined {
  const length = names.length * DIGEST_LENGTH;
  if (one.length !== length || other.length !== length) return undefined;
  const partOf = (digest: string, index: number) => digest.slice(index * DIGEST_LENGTH, (index + 1) * DIGEST_LENGTH);
  return sortNames(names).filter((_, index) => partOf(one, index) !== partOf(other, index));
}

const sortNames = (names: readonly string[]): readonly string[] => [...names].sort();
