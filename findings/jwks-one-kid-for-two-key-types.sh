#!/usr/bin/env bash
# jose@6.2.17, jwks-rsa@4.1.0 with jsonwebtoken@9.0.3, aws-jwt-verify@5.2.1, hono@4.13.19, Node 20.20.2, run 2026-11-29.
# Expected: a key set in which an EC and an RSA key share a kid works. RFC 7517, 4.5 names this very case, keys of different
# types that the application takes for equivalent; the token's alg says which of the two is meant.
# It does: three of four take the first key of that kid and refuse the RS256 token because that key is of the other type. Seen:
#   as stated: jose accept; jwks-rsa, aws-jwt-verify, hono refuse
# Why it matters: on the day when an issuer adds an EC key under the same kid, some APIs behind it go on and others turn every
# token away, depending on the order of the set.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts jose@6.2.17 jsonwebtoken@9.0.3 jwks-rsa@4.1.0 aws-jwt-verify@5.2.1 hono@4.13.19
cat >check.mjs <<'EOF'
import { JwtVerifier } from "aws-jwt-verify";
import { verifyWithJwks } from "hono/jwt";
import * as jose from "jose";
import jsonwebtoken from "jsonwebtoken";
import jwksRsa from "jwks-rsa";
import { once } from "node:events";
import http from "node:http";

const issuer = "https://tenant.example/";
const audience = "https://api.example/";
const rsa = await jose.generateKeyPair("RS256", { extractable: true });
const toJwk = async ({ publicKey }, members) => ({ ...(await jose.exportJWK(publicKey)), use: "sig", ...members });
const sign = (header) => new jose.SignJWT({ sub: "auth0|1" }).setProtectedHeader({ alg: "RS256", ...header })
  .setIssuer(issuer).setAudience(audience).setIssuedAt().setExpirationTime("1h").sign(rsa.privateKey);
const ask = async (token, keys) => {
  const server = http.createServer((_, response) => response.end(JSON.stringify({ keys }))).listen(0, "127.0.0.1");
  await once(server, "listening");
  const aws = JwtVerifier.create({ issuer, audience, jwksUri: "https://tenant.example/jwks.json" });
  aws.cacheJwks({ keys });
  const { kid } = jose.decodeProtectedHeader(token);
  const checks = {
    jose: () => jose.jwtVerify(token, jose.createLocalJWKSet({ keys }), { issuer, audience, algorithms: ["RS256"] }),
    "jwks-rsa": async () => {
      const key = await jwksRsa({ jwksUri: `http://127.0.0.1:${server.address().port}/` }).getSigningKey(kid);
      jsonwebtoken.verify(token, key.getPublicKey(), { issuer, audience, algorithms: ["RS256"] });
    },
    "aws-jwt-verify": () => aws.verify(token),
    hono: () => verifyWithJwks(token, { keys, allowedAlgorithms: ["RS256"] }),
  };
  const seen = { accept: [], refuse: [] };
  for (const [name, check] of Object.entries(checks)) {
    const outcome = await Promise.resolve().then(check).then(() => "accept", () => "refuse");
    seen[outcome].push(name);
  }
  return `${seen.accept.join(", ")} accept; ${seen.refuse.join(", ")} refuse`;
};
const verdict = (expected, seen) => {
  console.log(`${expected === seen ? "as stated" : "CHANGED"}: ${seen}`);
  process.exit(expected === seen ? 0 : 1);
};

const ec = await jose.generateKeyPair("ES256", { extractable: true });
const keys = [await toJwk(ec, { kid: "2026", alg: "ES256" }), await toJwk(rsa, { kid: "2026", alg: "RS256" })];
verdict("jose accept; jwks-rsa, aws-jwt-verify, hono refuse", await ask(await sign({ kid: "2026" }), keys));
EOF
node check.mjs
