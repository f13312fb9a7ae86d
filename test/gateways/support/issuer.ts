import { createHmac, type KeyObject, sign } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { takeRsaKeyPair } from "../../support/rsa-key-pair.ts";

/** 2026-11-21T12:00:00Z, in seconds: where the clock of these tests stands. */
export const NOW = 1_795_262_400;
export const AUDIENCE = "https://api.example.com/";
export const ISSUER = "https://tenant.example.com/";

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly jwk: Record<string, unknown>;
}

export function createSigningKey(kid: string): SigningKey {
  const { privateKey, publicKey } = takeRsaKeyPair();
  return {
    kid,
    privateKey,
    publicKey,
    jwk: { ...publicKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" },
  };
}

/** What Auth0 puts into the access token of a custom API. */
export const goodClaims = {
  iss: ISSUER,
  sub: "auth0|user-1",
  aud: [AUDIENCE, `${ISSUER}userinfo`],
  iat: NOW - 60,
  exp: NOW + 7200,
  scope: "openid profile get:users",
  azp: "spa-client",
} as const;

export type TokenClaims = Record<string, unknown>;

export const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Signed by hand, so that it may be wrong in any way; a claim or header set to undefined is left out. */
export function signToken(key: SigningKey, claims: TokenClaims = goodClaims, header: TokenClaims = {}): string {
  const input = `${encode({ alg: "RS256", typ: "JWT", kid: key.kid, ...header })}.${encode(claims)}`;
  return `${input}.${sign("RSA-SHA256", Buffer.from(input), key.privateKey).toString("base64url")}`;
}

export function signWithSecret(secret: string | Buffer, claims: TokenClaims, header: TokenClaims): string {
  const input = `${encode({ alg: "HS256", typ: "JWT", ...header })}.${encode(claims)}`;
  return `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`;
}

export interface JwksServer {
  readonly url: string;
  readonly origin: string;
  keys: readonly SigningKey[];
  /** Answers of another kind while it is set. */
  fault: "none" | "down" | "error" | "html" | "empty" | "redirect" | "hang";
  readonly requests: number;
  close(): Promise<void>;
}

/** An issuer's key endpoint over real HTTP on loopback. */
export async function startJwksServer(keys: readonly SigningKey[]): Promise<JwksServer> {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    const answers: Record<JwksServer["fault"], () => void> = {
      none: () => {
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ keys: state.keys.map(({ jwk }) => jwk) }));
      },
      down: () => response.destroy(),
      error: () => response.writeHead(500).end("{}"),
      html: () => response.setHeader("content-type", "text/html").end("<html>"),
      empty: () => response.setHeader("content-type", "application/json").end('{"keys":[]}'),
      redirect: () => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
      hang: () => undefined,
    };
    answers[state.fault]();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const state: { -readonly [K in keyof JwksServer]: JwksServer[K] } = {
    url: `${origin}/.well-known/jwks.json`,
    origin,
    keys,
    fault: "none",
    requests: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return Object.defineProperty(state, "requests", { get: () => requests });
}
