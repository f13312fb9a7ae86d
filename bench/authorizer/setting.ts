import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { SignJWT } from "jose";

/** A tenant with one key, and an API of it. */
export interface Setting {
  readonly issuer: string;
  readonly audience: string;
  readonly key: KeyObject;
  readonly privateKey: KeyObject;
  readonly jwk: Readonly<Record<string, unknown>>;
}

export function createSetting(): Setting {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    issuer: "https://tenant.example.com/",
    audience: "https://api.example.com/",
    key: publicKey,
    jwk: { ...publicKey.export({ format: "jwk" }), kid: "key-1", alg: "RS256", use: "sig" },
    privateKey,
  };
}

/** As Auth0 issues them for users with an API of some scopes: about 900 characters. */
export function signTokens({ issuer, audience, privateKey }: Setting, count: number): Promise<readonly string[]> {
  const sign = (index: number): Promise<string> =>
    new SignJWT({
      scope: "openid profile email get:users post:users get:orders",
      permissions: ["get:orders", "get:users", "post:users"],
      azp: "0123456789abcdefghijABCDEFGHIJ01",
      [`${audience}email`]: `user-${index}@example.com`,
      [`${audience}email_verified`]: true,
      [`${audience}stripe_customer_id`]: `cus_${index}`,
    })
      .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: "key-1" })
      .setIssuer(issuer)
      .setAudience([audience, `${issuer}userinfo`])
      .setSubject(`auth0|${index}`)
      .setIssuedAt()
      .setExpirationTime("2h")
      .sign(privateKey);
  return Promise.all(Array.from({ length: count }, (_, index) => sign(index)));
}
