import { verify, webcrypto } from "node:crypto";
import { createServer, IncomingMessage, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { type AddressInfo, Socket } from "node:net";
import { join } from "node:path";
import { auth, requiredScopes } from "express-oauth2-jwt-bearer";
import { jwtVerify } from "jose";
import { createAuthorizer } from "../../gateways/authorizer/authorizer.ts";
import { parseRoutes } from "../../gateways/authorizer/routes/route.ts";
import { installRival } from "../shared/rivals.ts";
import type { Setting } from "./setting.ts";

export interface Contender {
  readonly name: string;
  /** Decides on the value of an Authorization header; rejects or throws when it should not have been refused. */
  readonly decide: (authorization: string) => unknown;
  readonly close?: () => Promise<void>;
}

/** What nobody can leave out: the token's text taken apart, its signature checked. Nothing of its header or claims is read. */
export function createBareVerification({ key }: Setting): Contender {
  return {
    name: "bare RS256, node:crypto",
    decide: (authorization) => {
      const { input, signature } = splitToken(authorization);
      if (!verify("RSA-SHA256", input, key, signature)) throw new Error("The signature should be good.");
    },
  };
}

export async function createBareWebCrypto({ jwk }: Setting): Promise<Contender> {
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const key = await webcrypto.subtle.importKey("jwk", jwk, algorithm, false, ["verify"]);
  return {
    name: "bare RS256, Web Crypto",
    decide: async (authorization) => {
      const { input, signature } = splitToken(authorization);
      if (!(await webcrypto.subtle.verify(algorithm, key, signature, input)))
        throw new Error("The signature should be good.");
    },
  };
}

export function createJose({ key, issuer, audience }: Setting): Contender {
  return {
    name: "jose alone: signature, issuer, audience, exp",
    decide: (authorization) => jwtVerify(readToken(authorization), key, { algorithms: ["RS256"], issuer, audience }),
  };
}

export interface OursOptions {
  readonly name: string;
  /** How many routes there are besides the one that is asked for. */
  readonly otherRoutes: number;
  /** Characters; undefined: as it is by itself. */
  readonly keptTokens?: number;
}

export async function createOurs(
  { jwk, issuer, audience }: Setting,
  { name, otherRoutes, keptTokens }: OursOptions,
): Promise<Contender> {
  const others = Array.from({ length: otherRoutes }, (_, index) => ({
    method: "GET",
    path: `/api/item-${index}/{id}`,
  }));
  const authorizer = createAuthorizer({
    issuer,
    audience,
    keptTokens,
    routes: parseRoutes({ routes: [...others, { method: "GET", path: "/api/users/{id}", scope: "get:users" }] }),
    fetchKeySet: async () => ({ keys: [jwk] }),
  });
  await authorizer.keys.load();
  return {
    name,
    decide: async (authorization) => {
      const { kind } = await authorizer.authorize({
        method: "GET",
        target: "/api/users/12?x=1",
        headers: { authorization },
      });
      if (kind !== "allowed") throw new Error("It should be allowed.");
    },
  };
}

/** Auth0's own middleware with the same demands, called as Express calls it. */
export async function createAuth0Middleware({ jwk, issuer, audience }: Setting): Promise<Contender> {
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "application/json").end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const jwksUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const authenticate = auth({ issuer, audience, jwksUri, tokenSigningAlg: "RS256" });
  const checkScope = requiredScopes("get:users");
  const decide = (authorization: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const request = Object.assign(new IncomingMessage(new Socket()), {
        method: "GET",
        url: "/api/users/12?x=1",
        originalUrl: "/api/users/12?x=1",
        protocol: "https",
        headers: { host: "api.example.com", authorization },
        query: {},
        // What Express adds and the middleware asks for.
        is: () => false,
        get: () => "api.example.com",
      });
      const response = new ServerResponse(request);
      const end = (error?: unknown): void => (error === undefined ? resolve() : reject(error));
      void authenticate(request as never, response as never, (error?: unknown) =>
        error === undefined ? checkScope(request as never, response as never, end) : reject(error),
      );
    });
  return {
    name: "express-oauth2-jwt-bearer: auth, requiredScopes",
    decide,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** AWS' own library, which the documentation of its Lambda authorizers names; undefined if it cannot be installed. */
export async function createAwsJwtVerify({ jwk, issuer, audience }: Setting): Promise<Contender | undefined> {
  const rival = { name: "aws-jwt-verify", version: "5.2.1" };
  const folder = await installRival(rival);
  if (folder === undefined) return undefined;
  const { JwtVerifier } = createRequire(join(folder, "index.js"))(rival.name) as AwsJwtVerify;
  const verifier = JwtVerifier.create({ issuer, audience, jwksUri: `${issuer}.well-known/jwks.json` });
  verifier.cacheJwks({ keys: [jwk] });
  return {
    name: `${rival.name}: signature, issuer, audience, exp`,
    decide: (authorization) => verifier.verify(readToken(authorization)),
  };
}

interface AwsJwtVerify {
  readonly JwtVerifier: {
    create(options: { issuer: string; audience: string; jwksUri: string }): {
      cacheJwks(jwks: { keys: readonly unknown[] }): void;
      verify(token: string): Promise<unknown>;
    };
  };
}

const readToken = (authorization: string): string => authorization.slice("Bearer ".length);

function splitToken(authorization: string) {
  const token = readToken(authorization);
  const end = token.lastIndexOf(".");
  return { input: Buffer.from(token.slice(0, end)), signature: Buffer.from(token.slice(end + 1), "base64url") };
}
