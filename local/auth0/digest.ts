import { hash, timingSafeEqual } from "node:crypto";
import { takeRandomBytes } from "./random-bytes.ts";

/** SHA-256, base64url: how secrets of high entropy are kept. (Passwords are not: see passwords.ts.) */
export const digest = (secret: string): string => hash("sha256", secret, "base64url");

/** 256 bits that nobody guesses. */
export const newSecret = (): string => takeRandomBytes(32).toString("base64url");

/** In constant time; hashed first, because the comparison needs equal lengths. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(hash("sha256", given, "buffer"), hash("sha256", expected, "buffer"));
}
