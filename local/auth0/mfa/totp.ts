import { createHmac, randomBytes } from "node:crypto";
import { isSameSecret } from "../digest.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/** Milliseconds (RFC 6238 §4). */
const STEP = 30_000;

/** 160 bits, as RFC 4226 §4 recommends, in base32 (RFC 4648 §6): what an authenticator app is given. */
export function newTotpSecret(): string {
  const bits = [...randomBytes(20)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)]).join("");
}

/** Whether an app and this tenant would read it alike. */
export const isTotpSecret = (text: string): boolean => /^[A-Z2-7]{16,128}$/.test(text);

/** The step of time that a code is of: now, or one before or after (RFC 6238 §5.2); undefined for a code of none of them. */
export function findTotpStep(secret: string, code: string, at: number): number | undefined {
  const now = Math.floor(at / STEP);
  return [now, now - 1, now + 1].find((step) => isSameSecret(renderTotp(secret, step), code.trim()));
}

/** RFC 4226 §5.3: six digits. */
export function renderTotp(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac("sha1", decodeBase32(secret)).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 0xf;
  return String((hash.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, "0");
}

/** What an app reads from a picture or a link (the URI that Google Authenticator's makers describe). */
export function renderTotpUri({ secret, issuer, account }: Readonly<Record<"account" | "issuer" | "secret", string>>) {
  const [to, by] = [account, issuer].map(encodeURIComponent);
  return `otpauth://totp/${by}:${to}?secret=${secret}&issuer=${by}&algorithm=SHA1&digits=6&period=30`;
}

function decodeBase32(text: string): Buffer {
  const bits = [...text].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
