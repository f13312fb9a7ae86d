import { createHmac, timingSafeEqual } from "node:crypto";

/** Signs texts so that only who knows the same secret can have written them, and gives names that tell nobody else what they name. */
export interface Signer {
  /** @param place what the text is for: it is good for nothing else */
  sign(place: string, text: string): string;
  /** The text; undefined: nobody who knows the secret has written that for this place. */
  verify(place: string, signed: string): string | undefined;
  name(text: string): string;
}

/** Characters of a SHA-256 in base64url. */
const MAC = 43;

/** @param secret as random as a key of Stripe's */
export function createSigner(secret: string, purpose: string): Signer {
  const key = createHmac("sha256", secret).update(purpose).digest();
  const macOf = (...parts: readonly string[]): string =>
    createHmac("sha256", key).update(JSON.stringify(parts)).digest("base64url");
  return {
    sign: (place, text) => macOf("text", place, text) + text,
    verify(place, signed) {
      const text = signed.slice(MAC);
      const [mac, right] = [Buffer.from(signed.slice(0, MAC)), Buffer.from(macOf("text", place, text))];
      return mac.length === right.length && timingSafeEqual(mac, right) ? text : undefined;
    },
    name: (text) => macOf("name", text),
  };
}
