import {
  AUDIENCE,
  createSigningKey,
  type SigningKey,
  signToken,
  signWithSecret,
  type TokenClaims,
} from "../../gateways/support/issuer.ts";

export { AUDIENCE };

export interface TokenMaker {
  readonly issuer: string;
  readonly key: SigningKey;
  /** Published after the gateways have started. */
  readonly nextKey: SigningKey;
  /** What Auth0 puts into a token, with changes; a claim or header set to undefined is left out. */
  sign(changes?: TokenClaims, header?: TokenClaims, key?: SigningKey): string;
  signWithPublicKey(): string;
  unsigned(): string;
}

/** Tokens of an issuer, good ones and others. Gateways have clocks of their own, so these are of now. */
export function createTokenMaker(issuer: string, key: SigningKey, nextKey: SigningKey): TokenMaker {
  const claims = (changes: TokenClaims = {}): TokenClaims => {
    const now = Math.floor(Date.now() / 1000);
    return {
      iss: issuer,
      sub: "auth0|user-1",
      aud: [AUDIENCE, `${issuer}userinfo`],
      iat: now - 60,
      exp: now + 7200,
      scope: "openid profile get:users",
      azp: "spa-client",
      ...changes,
    };
  };
  return {
    issuer,
    key,
    nextKey,
    sign: (changes, header = {}, by = key) => signToken(by, claims(changes), header),
    signWithPublicKey: () =>
      signWithSecret(key.publicKey.export({ type: "spki", format: "pem" }), claims(), { kid: key.kid }),
    unsigned: () => {
      const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
      return `${encode({ alg: "none", typ: "JWT", kid: key.kid })}.${encode(claims())}.`;
    },
  };
}

/** Somebody else's, under the key id that the tenant uses. */
export const strangerFor = (key: SigningKey): SigningKey => createSigningKey(key.kid);
