import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { isRecognised, recognise } from "./recognised-passwords.ts";

/**
 * Cheap on purpose: the users of a local tenant are made up, and tests sign up thousands of them. Each hash names its
 * own cost, so that a higher one can follow without losing those that exist.
 */
const COST = 1024;
const BLOCK_SIZE = 8;
const KEY_LENGTH = 32;

/** `scrypt$<cost>$<salt>$<key>`, salt and key base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await deriveKey(normalize(password), salt, COST);
  return `scrypt$${COST}$${salt.toString("base64url")}$${key.toString("base64url")}`;
}

/**
 * In constant time. False, after as long a while, where there is no hash: the time must not tell who has a password. One that
 * was right before is recognised, which tells whoever knows it nothing new.
 */
export async function isPassword(password: string, hash = ""): Promise<boolean> {
  const normalized = normalize(password);
  if (isRecognised(normalized, hash)) return true;
  const [, cost = COST, salt = "", key = ""] = hash.split("$");
  const expected = Buffer.from(key, "base64url");
  const given = await deriveKey(normalized, Buffer.from(salt, "base64url"), Number(cost));
  const isRight = expected.length === given.length && timingSafeEqual(expected, given);
  if (isRight) recognise(normalized, hash);
  return isRight;
}

/** NFKC, so that the same password typed on another keyboard is the same password (RFC 8265 §4.2). */
const normalize = (password: string): string => password.normalize("NFKC");

function deriveKey(password: string, salt: Buffer, cost: number): Promise<Buffer> {
  const options: ScryptOptions = { N: cost, r: BLOCK_SIZE, p: 1 };
  return new Promise((resolve, reject) => {
    scrypt(password, salt, KEY_LENGTH, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}
