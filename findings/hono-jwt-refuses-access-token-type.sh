#!/usr/bin/env bash
# hono@4.13.19, jose@6.2.17, jsonwebtoken@9.0.3, aws-jwt-verify@5.2.1, Node 20.20.2, run 2026-11-29.
# Expected: a JWT access token of RFC 9068, which must have `typ: at+jwt`, is accepted by what verifies JWTs at an API.
# It does: hono/jwt takes `JWT` or no type at all and refuses `at+jwt`, before it looks at the signature and without a
# setting for it. The other three accept the same token. Seen:
#   as stated: hono JwtHeaderInvalid; jose, jsonwebtoken, aws-jwt-verify accept
# Why it matters: an Auth0 API with the token profile "RFC 9068" issues exactly this type, so switching the profile turns
# every request into a 401. The middleware's page does not mention types.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts hono@4.13.19 jose@6.2.17 jsonwebtoken@9.0.3 aws-jwt-verify@5.2.1
cat >check.mjs <<'EOF'
import { JwtVerifier } from "aws-jwt-verify";
import { verify } from "hono/jwt";
import * as jose from "jose";
import jsonwebtoken from "jsonwebtoken";

const { publicKey, privateKey } = await jose.generateKeyPair("RS256", { extractable: true });
const issuer = "https://tenant.example/";
const audience = "https://api.example/";
const token = await new jose.SignJWT({ sub: "auth0|1" }).setProtectedHeader({ alg: "RS256", typ: "at+jwt", kid: "k" })
  .setIssuer(issuer).setAudience(audience).setIssuedAt().setExpirationTime("1h").sign(privateKey);
const pem = await jose.exportSPKI(publicKey);
const aws = JwtVerifier.create({ issuer, audience, jwksUri: "https://tenant.example/jwks.json" });
aws.cacheJwks({ keys: [{ ...(await jose.exportJWK(publicKey)), kid: "k", alg: "RS256", use: "sig" }] });
const outcome = async (check) => Promise.resolve().then(check).then(() => "accepts", (error) => error.name);
const seen = {
  hono: await outcome(() => verify(token, pem, "RS256")),
  jose: await outcome(() => jose.jwtVerify(token, publicKey, { issuer, audience, algorithms: ["RS256"] })),
  jsonwebtoken: await outcome(() => jsonwebtoken.verify(token, pem, { issuer, audience, algorithms: ["RS256"] })),
  "aws-jwt-verify": await outcome(() => aws.verify(token)),
};
const { hono, ...others } = seen;
const asStated = hono === "JwtHeaderInvalid" && Object.values(others).every((one) => one === "accepts");
console.log(asStated ? `as stated: hono ${hono}; ${Object.keys(others).join(", ")} accept` : `CHANGED: ${JSON.stringify(seen)}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
