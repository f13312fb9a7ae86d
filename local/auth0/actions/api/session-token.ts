import { createHmac, timingSafeEqual } from "node:crypto";

const encodePart = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

function decodePart(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString());
  } catch {
    return undefined;
  }
}

const sign = (signed: string, secret: string) => createHmac("sha256", secret).update(signed).digest();

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A JWT signed with HS256. Synchronous, as the platform's method is. */
export function encodeSessionToken(payload: Record<string, unknown>, secret: string): string {
  if (!secret) throw new Error("secretOrPrivateKey must have a value");
  const signed = `${encodePart({ alg: "HS256", typ: "JWT" })}.${encodePart(payload)}`;
  return `${signed}.${sign(signed, secret).toString("base64url")}`;
}

export interface ExpectedClaims {
  /** Undefined: any. */
  iss: string | undefined;
  sub: string;
  state: unknown;
  /** Seconds since the epoch. */
  now: number;
}

export type SessionTokenCheck = { valid: true; payload: Record<string, unknown> } | { valid: false; reason: string };

/**
 * Signature, life, standard claims (`iat, exp, sub, iss, state`), issuer, subject, state, in that order. Auth0's own reasons
 * are known for missing claims and for the state only; the others are those of the usual JWT library.
 */
export function checkSessionToken(token: unknown, secret: string, expected: ExpectedClaims): SessionTokenCheck {
  const refuse = (reason: string): SessionTokenCheck => ({ valid: false, reason });
  const [header, payload, signature, ...rest] = typeof token === "string" ? token.split(".") : [];
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) {
    return refuse("jwt malformed");
  }
  const head = decodePart(header);
  const claims = decodePart(payload);
  if (!isRecord(head) || !isRecord(claims)) return refuse("invalid token");
  // RFC 8725 §3.1: the algorithm is ours to choose, never the token's.
  if (head.alg !== "HS256") return refuse("invalid algorithm");
  const actual = Buffer.from(signature, "base64url");
  const wanted = sign(`${header}.${payload}`, secret);
  if (actual.length !== wanted.length || !timingSafeEqual(actual, wanted)) return refuse("invalid signature");
  const { iat, exp, sub, iss, state } = claims;
  if (typeof exp === "number" && exp <= expected.now) return refuse("jwt expired");
  if (typeof iat !== "number" || typeof exp !== "number" || !sub || !iss || !state) {
    return refuse("Missing or invalid standard claims");
  }
  if (expected.iss !== undefined && iss !== expected.iss)
    return refuse(`jwt issuer invalid. expected: ${expected.iss}`);
  if (sub !== expected.sub) return refuse(`jwt subject invalid. expected: ${expected.sub}`);
  if (state !== expected.state) return refuse("State in the token does not match the /continue state.");
  return { valid: true, payload: claims };
}
