import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** SHA-256, base64url: how secrets of high entropy are kept. (Passwords are not: see passwords.ts.) */
export const digest = (secret: string): string => createHash("sha256").update(secret).digest("base64url");

/** 256 bits that nobody guesses. */
export const newSecret = (): string => randomBytes(32).toString("base64url");

/** In constant time; hashed first, because the comparison needs equal lengths. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(digest(given)), Buffer.from(digest(expected)));
}
