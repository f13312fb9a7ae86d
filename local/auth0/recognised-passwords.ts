import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Of this process: what is remembered is worth nothing elsewhere, and is written nowhere. */
const KEY = randomBytes(32);
const CAPACITY = 10_000;
/** By the hash that they were right for, which no two passwords share: with a new one the old one is forgotten. */
const digests = new Map<string, Buffer>();

const digestOf = (password: string): Buffer => createHmac("sha256", KEY).update(password).digest();

/** Whether this very password has been right for this hash before: then a login need not derive the key again. */
export function isRecognised(password: string, hash: string): boolean {
  const known = digests.get(hash);
  return known !== undefined && timingSafeEqual(known, digestOf(password));
}

export function recognise(password: string, hash: string): void {
  if (digests.size >= CAPACITY) digests.clear();
  digests.set(hash, digestOf(password));
}
